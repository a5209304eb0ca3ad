'use strict';
// Runs the jar as a child that has the step's environment, streams and exit code. It needs no more than Node 20.
const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { folderOf, javaArguments, kept, train } = require('./archive.cjs');
const { fetchJava, findJava, javaOf } = require('./java.cjs');

const { env, platform, arch } = process;
const JARS = ['buildkit-ci.jar', '../github-action/target/buildkit-ci.jar'].map((jar) => path.join(__dirname, jar));
const stop = new AbortController();
const machine = {
    ...{ env, platform, arch, path, program: platform === 'win32' ? 'java.exe' : 'java' },
    read: (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined),
    real: (file) => (fs.existsSync(file) ? fs.realpathSync(file) : undefined),
    ask: (java) => `${spawnSync(java, ['-XshowSettings:properties', '-version'], { timeout: 10_000 }).stderr}`,
    musl: () => platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime,
};

async function prepare() {
    const jar = JARS.find((file) => fs.existsSync(file));
    if (!jar) throw new Error(`There is no ${JARS[0]}: use a released tag, or build it with Maven.`);
    const found = javaOf(env.STATE_java, machine) ?? findJava(machine);
    const java = found ?? (await fetchJava(machine).catch(tell('warning')));
    if (!java) throw new Error('Java 17 or newer is missing: add a step that uses actions/setup-java@v5.');
    return { java, jar, folder: folderOf(java, jar, env.RUNNER_TOOL_CACHE) };
}

async function main() {
    const program = await prepare();
    const { command } = program.java; // post need not search again
    if (env.GITHUB_STATE && !/[\r\n]/.test(command)) fs.appendFileSync(env.GITHUB_STATE, `java=${command}\n`);
    const ended = run(program, 'main').finally(() => stop.abort());
    // this step waits for a container anyway; what goes wrong with an archive costs time only
    const training = env.INPUT_STEP === 'create-builder' && train(program, stop.signal).catch(() => {});
    [process.exitCode] = await Promise.all([ended, training]);
}

async function post() {
    const lasting = env.STATE_java && env.RUNNER_ENVIRONMENT !== 'github-hosted'; // what is kept will be used again
    if (!env.STATE_undo && !lasting) return;
    const program = await prepare();
    const code = env.STATE_undo ? await run(program, 'post') : 0;
    if (code !== 0) throw new Error(`Not everything was taken back (exit code ${code}).`);
    onSignal(() => stop.abort());
    if (lasting) await train(program, stop.signal).catch(() => {});
}

/** No shell stands between, for some drop variables such as INPUT_BUILD-ARGS. */
async function run({ java, jar, folder }, stage) {
    const words = [...javaArguments(java, jar, kept(folder)), 'github', stage];
    const child = spawn(java.command, words, { stdio: 'inherit', windowsHide: true });
    // on Windows the runner's Ctrl+C and Ctrl+Break reach Java by themselves; a signal of ours would only kill it
    onSignal((signal) => platform === 'win32' || child.kill(signal));
    const [code, signal] = await once(child, 'exit');
    return code ?? 128 + require('node:os').constants.signals[signal];
}

/** The runner sends SIGINT, 7.5 s later SIGTERM, and kills 2.5 s later; Java ends its work on the first. */
const onSignal = (action) => ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'].forEach((name) => process.on(name, action));

const tell = (command, exitCode) => ({ message, cause }) => {
    const text = cause ? `${message}: ${cause.message}` : message;
    console.log(`::${command} title=BuildKit CI::${text.replace(/[%\r\n]/g, encodeURIComponent)}`);
    process.exitCode = exitCode;
};

module.exports = { main: () => main().catch(tell('error', 3)), post: () => post().catch(tell('warning', 0)) };
