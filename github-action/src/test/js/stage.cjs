'use strict';
// A checkout of the action in a temporary directory: the real launcher with a stand-in for the jar, and a runner around.
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../../../..');
const DIST = path.join(ROOT, 'dist');
const onPath = () => path.join(fs.realpathSync(execFileSync('which', ['java'], { encoding: 'utf8' }).trim()), '../..');
const JAVA_HOME = process.env.TEST_JAVA_HOME ?? onPath();
/** Ends what hangs, so that a broken launcher fails a test and does not stop the build. */
const AT_MOST = 120_000;

/** The Java that runs the build and those beside it: what holds for one has to hold for each. */
function javaHomes() {
    const folder = path.dirname(JAVA_HOME);
    const beside = fs.readdirSync(folder).map((name) => fs.realpathSync(path.join(folder, name)));
    const usable = (home) => fs.existsSync(path.join(home, 'bin/javac')) && majorOf(home) >= 17;
    return [...new Set([fs.realpathSync(JAVA_HOME), ...beside])].filter(usable);
}

function majorOf(home) {
    const release = path.join(home, 'release');
    return fs.existsSync(release) ? Number.parseInt(/JAVA_VERSION="(\d+)/.exec(fs.readFileSync(release, 'utf8'))[1], 10) : 0;
}

let built;
/** The stand-in's jar, built once for a file of tests. */
function standIn() {
    if (!built) {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stand-in-'));
        process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
        built = path.join(folder, 'stand-in.jar');
        const tool = (name, ...words) => execFileSync(path.join(JAVA_HOME, 'bin', name), words);
        tool('javac', '-nowarn', '-XDignore.symbol.file', '-d', `${folder}/classes`, path.join(__dirname, 'standin/Main.java'));
        tool('jar', '--create', '--file', built, '-C', `${folder}/classes`, '.');
    }
    return built;
}

class Stage {
    constructor(t) {
        this.folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'launcher-')));
        t.after(() => fs.rmSync(this.folder, { recursive: true, force: true }));
        this.dist = this.path('checkout/dist');
        fs.cpSync(DIST, this.dist, { recursive: true, filter: (file) => !file.endsWith('.jar') });
        this.cache = this.path('tools');
        this.archives = path.join(this.cache, 'buildkit-ci');
        this.marksFile = this.path('marks');
        fs.writeFileSync(this.marksFile, '');
        fs.writeFileSync(this.path('state'), '');
        fs.mkdirSync(this.path('nothing'));
    }

    path(name) {
        return path.join(this.folder, name);
    }

    /** @param {string} name in the checkout */
    withJar(name = 'dist/buildkit-ci.jar') {
        const jar = path.join(this.folder, 'checkout', name);
        fs.mkdirSync(path.dirname(jar), { recursive: true });
        fs.copyFileSync(standIn(), jar);
        return this;
    }

    /** As a hosted runner sets it; nothing of the machine's own environment. */
    environment(more) {
        return {
            PATH: this.path('nothing'),
            JAVA_HOME: JAVA_HOME,
            GITHUB_STATE: this.path('state'),
            RUNNER_ENVIRONMENT: 'github-hosted',
            STAND_IN_MARKS: this.marksFile,
            ...more,
        };
    }

    start(script, more = {}) {
        const options = { env: this.environment(more), cwd: this.folder, detached: true };
        const child = spawn(process.execPath, [path.join(this.dist, script)], options);
        const result = { child, out: '', err: '' };
        child.stdout.on('data', (text) => (result.out += text));
        child.stderr.on('data', (text) => (result.err += text));
        const tooLong = setTimeout(() => killGroup(child.pid), AT_MOST);
        const closed = once(child, 'close');
        result.ended = once(child, 'exit').then(async ([code, signal]) => {
            clearTimeout(tooLong);
            killGroup(child.pid); // a child that the launcher left alone has no time to say that it ended well
            await closed;
            return Object.assign(result, { code, signal });
        });
        result.says = async (text) => {
            while (!result.out.includes(text)) await once(child.stdout, 'data');
        };
        return result;
    }

    run(script, more) {
        return this.start(script, more).ended;
    }

    /** What the runner hands from main to post. */
    state() {
        const lines = fs.readFileSync(this.path('state'), 'utf8').split('\n').filter(Boolean);
        return Object.fromEntries(lines.map((line) => [`STATE_${line.split('=')[0]}`, line.slice(line.indexOf('=') + 1)]));
    }

    /** What the stand-ins told, one line each. */
    marks() {
        return fs.readFileSync(this.marksFile, 'utf8').split('\n').filter(Boolean);
    }

    /** How often a JVM was started, by stage. */
    starts() {
        return this.marks().filter((mark) => /^(main|post|rehearse) \d+$/.test(mark)).map((mark) => mark.split(' ')[0]);
    }

    /** The files in the tool cache, of whatever kind. */
    cached() {
        if (!fs.existsSync(this.archives)) return [];
        return fs.readdirSync(this.archives, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
    }
}

function killGroup(leader) {
    try {
        process.kill(-leader, 'SIGKILL');
    } catch {
        // nobody is left
    }
}

function runs(pid) {
    try {
        process.kill(pid, 0);
        return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
        return false;
    }
}

/** Those that still run. One that was killed may take a moment until the kernel has ended it: it is waited for. */
async function stillRunning(pids) {
    for (let looks = 0; pids.some(runs) && looks < 1000; looks++) await new Promise((resolve) => setTimeout(resolve, 20));
    return pids.filter(runs);
}

module.exports = { DIST, JAVA_HOME, Stage, javaHomes, majorOf, stillRunning };
