'use strict';
// A Java that can run the jar: found, or fetched. The machine is handed in, so that every system's case can be tested.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

// With a class archive a build takes 180 ms in Java 25, 265 ms in 17: so 25 and later first, then the newest before it.
const rank = ({ major }) => (major >= 25 ? major : 1000 - major);
const ARCHITECTURES = { x64: /^(x86_64|amd64)?$/, arm64: /^(aarch64|arm64)?$/ };

/** KEY="value" as in a home's release file, and `key = value` as from `java -XshowSettings:properties`. */
const LINE = /^[ \t]*([\w.]+) ?= ?"?(.*?)"?\r?$/gm;
const parse = (text) => Object.fromEntries(Array.from(text.matchAll(LINE), ([, key, value]) => [key, value]));

/** The Java at a home, by its release file, else by what `ask` answers; OpenJ9 is none, for it takes other options. */
function javaAt(home, machine, ask = () => '') {
    const { isAbsolute, join } = machine.path;
    const facts = parse((isAbsolute(home) && machine.read(join(home, 'release'))) || ask());
    const version = facts.JAVA_RUNTIME_VERSION ?? facts['java.runtime.version'] ?? facts.JAVA_VERSION;
    const major = Number.parseInt(version, 10);
    const native = ARCHITECTURES[machine.arch]?.test(facts.OS_ARCH ?? facts['os.arch'] ?? '') ?? true;
    const openJ9 = /openj9/i.test(facts.JVM_VARIANT ?? facts['java.vm.name']);
    const command = join(facts['java.home'] ?? home, 'bin', machine.program);
    return major >= 17 && native && !openJ9 && machine.real(command) ? { command, major, version } : undefined;
}

/** The Java that a command starts; it is run only where no release file says what it is, as behind a shim. */
function javaOf(command, machine) {
    const file = machine.real(command);
    return file && javaAt(machine.path.join(file, '../..'), machine, () => machine.ask(file));
}

/** By rank of JAVA_HOME_<version>_<architecture>, as hosted runners have them, and JAVA_HOME; else from the PATH. */
function findJava(machine) {
    const { env, path: { delimiter, isAbsolute, join } } = machine;
    const homes = Object.keys(env).filter((name) => /^JAVA_HOME(_\d+_\w+)?$/i.test(name)).map((name) => env[name]);
    const javas = homes.map((home) => javaAt(home, machine)).filter(Boolean).sort((a, b) => rank(a) - rank(b));
    const folders = (env.PATH ?? '').split(delimiter).filter(isAbsolute);
    return folders.reduce((java, folder) => java ?? javaOf(join(folder, machine.program), machine), javas[0]);
}

/** The pinned Temurin JRE for this machine, kept in its tool cache, where nothing with another sha256 is written. */
async function fetchJava(machine, table = require('./jre.json')) {
    const { env, platform, arch } = machine;
    const jre = table.files[`${platform}${machine.musl() ? '-musl' : ''}-${arch}`];
    if (!jre || !env.RUNNER_TOOL_CACHE) throw new Error(`No JRE is known for ${platform} ${arch}, or no tool cache`);
    const home = path.join(env.RUNNER_TOOL_CACHE, 'buildkit-ci', `jre-${jre.sha256.slice(0, 16)}`);
    const url = `${env.BUILDKIT_CI_JRE_MIRROR || table.base}/${jre.path}`;
    if (!fs.existsSync(home)) await install(url, jre.sha256, home);
    return javaAt(path.join(home, platform === 'darwin' ? 'Contents/Home' : ''), machine);
}

/** Goes through HTTPS_PROXY where the runner sets NODE_USE_ENV_PROXY=1 as well, which Node 24 knows. */
async function install(url, sha256, home) {
    console.log(`There is no Java 17 or newer; getting ${url}`);
    const response = await fetch(url, { signal: AbortSignal.timeout(300_000) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const actual = createHash('sha256').update(bytes).digest('hex');
    if (actual !== sha256) throw new Error(`${url} has the sha256 ${actual}, not ${sha256}`);
    const stage = `${home}-${process.pid}`;
    fs.mkdirSync(stage, { recursive: true });
    try {
        // Windows' own tar reads zip; Git's, which may come first on the PATH, does not
        const tar = process.platform === 'win32' ? path.join(process.env.SystemRoot, 'System32/tar.exe') : 'tar';
        execFileSync(tar, ['-xzf', '-', '--strip-components=1'], { cwd: stage, input: bytes });
        fs.renameSync(stage, home);
    } finally {
        fs.rmSync(stage, { recursive: true, force: true });
    }
}

module.exports = { fetchJava, findJava, javaOf };
