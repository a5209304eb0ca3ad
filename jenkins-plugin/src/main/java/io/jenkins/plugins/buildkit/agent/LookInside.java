package io.jenkins.plugins.buildkit.agent;

import hudson.Proc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Looks at where the step's processes run when that is not where the agent's JVM runs, as in a container: by one process
 * started as they are.
 */
final class LookInside {
    /** Before the variables, which come last, each ended by NUL, and after them. */
    private static final String ENVIRONMENT = "environment";

    private static final String END = "end-of-look";

    /**
     * Tells triples as {@link Sight} reads them, each part ended by NUL. It works without double quotes and backticks,
     * which not every launcher hands on: with an empty IFS nothing is split, and an argument that could be empty has
     * something before it.
     */
    static final String SCRIPT = """
            IFS=
            set -f
            tell() { printf '%s\\0%s\\0%s\\0' $1 =$2 =$3; }
            there() { printf '%s\\0%s\\0=' $1 =$2; cat; printf '\\0'; }
            nothing() { printf '%s\\0%s\\0\\0' $1 =$2; }
            program() { if [ -f $1 ] && [ -x $1 ]; then tell EXECUTABLE $1; else nothing EXECUTABLE $1; fi; }
            text() { if [ -f $1 ] && [ -r $1 ]; then there TEXT $1 <$1; else nothing TEXT $1; fi; }
            names() { l=; set +f; for n in $1/* $1/.[!.]*; do if [ -e $n ]; then l=$l/${n##*/}; fi; done; set -f
            tell NAMES $1 ${l#/}; }
            builder() { sed -e 's/\\(.Files.:\\){[^}]*}/\\1null/g' -e 's/\\(.DriverOpts.:\\){[^}]*}/\\1null/g' $1 |
            there TEXT $1; }
            path() { if [ -d $1 ]; then tell DIRECTORY $1; else nothing DIRECTORY $1; fi
            if [ -r $1 ] && [ ! -d $1 ]; then tell READABLE $1; else nothing READABLE $1; fi; }
            tell os '' $(uname -s)
            tell architecture '' $(uname -m)
            home=${HOME:-/}
            tell home '' $home
            docker=${DOCKER_CONFIG:-$home/.docker}
            buildx=${BUILDX_CONFIG:-$docker/buildx}
            beside=$1
            shift
            if [ x${BUILDX_CONFIG:-} = x ] && [ x${DOCKER_CONFIG:-} != x ] && [ x${docker%/*} = x$beside ]; then
            made=
            set +f
            for f in $docker/buildx/instances/*; do if [ -f $f ]; then made=1; fi; done
            set -f
            if [ x$made = x ]; then buildx=$home/.docker/buildx; tell variable BUILDX_CONFIG $buildx; fi
            fi
            if [ x${BUILDKIT_CI_BUILDX:-} != x ]; then program $BUILDKIT_CI_BUILDX; fi
            for d in $docker $home/.docker /usr/local/lib/docker /usr/local/libexec/docker /usr/lib/docker \\
            /usr/libexec/docker /Applications/Docker.app/Contents/Resources
            do program $d/cli-plugins/docker-buildx; done
            IFS=:
            for d in $PATH; do IFS=; for n in docker-buildx buildx docker nohup; do program $d/$n; done; done
            IFS=
            config=$docker/config.json
            if [ -f $config ] && [ -r $config ]
            then sed -n 's/.*.currentContext.[[:space:]]*:[[:space:]]*.\\([^,}]*\\).*/\\1/p' $config | there context $config
            else nothing context $config; fi
            text $buildx/current
            names $buildx/defaults
            set +f
            for f in $buildx/instances/*; do if [ -f $f ]; then builder $f; fi; done
            b=/proc/sys/fs/binfmt_misc
            names $b
            set +f
            if [ -d $b ]; then grep -s '' /dev/null $b/* | there lines $b; fi
            set -f
            for p in $@; do path $p; done
            if [ -r /proc/self/environ ]; then printf 'environment\\0'; cat /proc/self/environ
            else env | there variables ''; printf 'environment\\0'; fi
            printf 'end-of-look\\0'
            """;

    private LookInside() {}

    /**
     * @param beside where plugins keep private files of the workspace: see {@link PersonsBuilders}
     * @param paths from the workspace on, that somebody will ask about
     */
    static List<String> look(Launching launching, String beside, List<String> paths)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", beside));
        argv.addAll(paths);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Proc process = launching.start(argv, Map.of(), "", new Launching.Streams(out, err));
        int status = process.join();
        List<String> told = Arrays.asList(out.toString(StandardCharsets.UTF_8).split("\0", -1));
        int end = told.lastIndexOf(END);
        int environment = told.lastIndexOf(ENVIRONMENT);
        if (end < 0 || environment < 0) {
            throw new IOException("a shell in the step's surroundings ended with " + status + ": "
                    + err.toString(StandardCharsets.UTF_8).strip());
        }
        return triples(told, environment, end);
    }

    private static List<String> triples(List<String> told, int environment, int end) {
        List<String> triples = new ArrayList<>();
        for (int i = 0; i + 2 < environment; i += 3) {
            triples.add(told.get(i));
            triples.add(told.get(i + 1).substring(Sight.THERE.length()));
            triples.add(told.get(i + 2));
        }
        for (String variable : told.subList(environment + 1, end)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                triples.add(Sight.VARIABLE);
                triples.add(variable.substring(0, equals));
                triples.add(variable.substring(equals));
            }
        }
        return triples;
    }
}
