'use strict';
// The class archive that halves Java's start: where it is kept, how it is used, and the training run that makes it.
const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');

const SHORT_LIFE = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx256m', '-XX:-UsePerfData'];
const QUIET = ['-XX:+IgnoreUnrecognizedVMOptions', '-Xlog:disable'];
const posix = process.platform !== 'win32';
const end = (pid) => (posix ? process.kill(-pid, 'SIGKILL') : spawnSync('taskkill', ['/pid', `${pid}`, '/t', '/f']));

/** Where this jar's archive for this Java is kept; nothing without a tool cache. */
function folderOf({ command, version }, jar, toolCache) {
    const { size, mtimeMs } = fs.statSync(jar);
    const key = createHash('sha256').update([jar, size, mtimeMs, command, version].join('\n')).digest('hex');
    return toolCache && path.join(toolCache, 'buildkit-ci', key.slice(0, 16));
}

/** The archive in a folder. Its name is its size, for Java 17 dies of an archive that was cut short. */
function kept(folder) {
    const names = folder && fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    const sizeOf = (file) => `${fs.statSync(file, { throwIfNoEntry: false })?.size}`;
    return names.map((name) => path.join(folder, name)).find((file) => path.basename(file) === sizeOf(file));
}

/** Java's arguments before our own. */
function javaArguments(java, jar, archive) {
    const used = java.major >= 25 ? [`-XX:AOTCache=${archive}`] : [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto'];
    return [...SHORT_LIFE, ...QUIET, ...(archive ? used : []), '-cp', jar, 'io.buildkitci.action.Main'];
}

/** Makes the archive where there is none yet, by a training run that has no inputs, tokens or files of the runner. */
async function train({ java, jar, folder }, signal) {
    if (!folder || kept(folder) || signal.aborted) return;
    const stage = path.join(folder, `making-${process.pid}`);
    const made = path.join(stage, 'archive');
    const making = `-XX:${java.major >= 25 ? 'AOTCacheOutput' : 'ArchiveClassesAtExit'}=${made}`;
    const env = Object.entries(process.env).filter(([name]) => !/^(XDG_RUNTIME_DIR$|(ACTIONS|BUILDER_NODE|GITHUB|INPUT|STATE)_)/i.test(name));
    fs.mkdirSync(stage, { recursive: true });
    try {
        // in a process group of its own, for Java 25 starts another Java; files of both are in the stage and go with it
        const options = { cwd: stage, env: Object.fromEntries(env), stdio: 'ignore', detached: posix };
        const child = spawn(java.command, [making, `-Djava.io.tmpdir=${stage}`, ...javaArguments(java, jar), 'rehearse'], options);
        signal.addEventListener('abort', () => child.exitCode ?? child.signalCode ?? end(child.pid));
        const [code] = await once(child, 'exit');
        if (code === 0) fs.renameSync(made, path.join(folder, `${fs.statSync(made).size}`));
    } finally {
        fs.rmSync(stage, { recursive: true, force: true, maxRetries: 3 });
    }
}

module.exports = { folderOf, javaArguments, kept, train };
