'use strict';
// Which Java is taken on which machine, and the JRE that is fetched where there is none.
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { fetchJava, findJava, javaOf } = require('../../../../dist/java.cjs');
const table = require('../../../../dist/jre.json');

/** A machine of facts: `homes` have a release file and a java, `links` are resolved, `answers` is what a java says of itself. */
function machine({ platform = 'linux', arch = 'x64', env = {}, homes = {}, links = {}, answers = {} }) {
    const flavour = platform === 'win32' ? path.win32 : path.posix;
    const program = platform === 'win32' ? 'java.exe' : 'java';
    const files = Object.fromEntries(Object.entries(homes).map(([home, text]) => [flavour.join(home, 'release'), text]));
    const programs = new Set([...Object.keys(homes).map((home) => flavour.join(home, 'bin', program)), ...Object.keys(answers)]);
    const asked = [];
    return {
        ...{ platform, arch, env, program, path: flavour, asked },
        read: (file) => files[file],
        real: (file) => links[file] ?? (programs.has(file) ? file : undefined),
        ask: (java) => (asked.push(java), answers[java] ?? ''),
    };
}

const release = (version, more = 'OS_ARCH="x86_64"') => `IMPLEMENTOR="A"\nJAVA_VERSION="${version}"\nJAVA_RUNTIME_VERSION="${version}+7-LTS"\n${more}\n`;
const settings = (home, version, vm = 'OpenJDK 64-Bit Server VM') =>
    `Property settings:\n    java.home = ${home}\n    java.runtime.version = ${version}+9\n    java.version = ${version}\n    java.vm.name = ${vm}\n    os.arch = amd64\n    path.separator = :\n\nopenjdk version "${version}"\n`;

const HOSTED = '/usr/lib/jvm/temurin-';
const hosted = (...majors) => ({
    env: Object.fromEntries(majors.map((major) => [`JAVA_HOME_${major}_X64`, `${HOSTED}${major}`])),
    homes: Object.fromEntries(majors.map((major) => [`${HOSTED}${major}`, release(major === 8 ? '1.8.0_452' : `${major}.0.3`)])),
});
const WINDOWS = 'C:\\hostedtoolcache\\windows\\Java_Temurin-Hotspot_jdk\\25.0.3-9\\x64';
const MAC = '/Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home';

const cases = [
    ['a hosted runner: 25 starts fastest', hosted(8, 11, 17, 21, 25), `${HOSTED}25/bin/java`],
    ['after 25 come the later ones in their order', hosted(17, 27, 26), `${HOSTED}26/bin/java`],
    ['without 25 the newest', hosted(8, 11, 17, 21), `${HOSTED}21/bin/java`],
    ['17 is new enough', hosted(8, 11, 17), `${HOSTED}17/bin/java`],
    ['16 is not', hosted(8, 11, 16), undefined],
    ['arm64 runners of Ubuntu call it X64',
        { arch: 'arm64', env: { JAVA_HOME_21_X64: '/j21' }, homes: { '/j21': release('21.0.9', 'OS_ARCH="aarch64"') } }, '/j21/bin/java'],
    ['macOS on arm64',
        { platform: 'darwin', arch: 'arm64', env: { JAVA_HOME_21_arm64: MAC }, homes: { [MAC]: release('21.0.9', 'OS_ARCH="aarch64"') } }, `${MAC}/bin/java`],
    ['one for another processor is left', { arch: 'arm64', env: { JAVA_HOME_25_X64: '/x', JAVA_HOME_17_ARM64: '/a' },
        homes: { '/x': release('25.0.3'), '/a': release('17.0.9', 'OS_ARCH="aarch64"') } }, '/a/bin/java'],
    ['a processor that we have no names for is not compared',
        { arch: 's390x', env: { JAVA_HOME: '/j' }, homes: { '/j': release('17.0.9', 'OS_ARCH="s390x"') } }, '/j/bin/java'],
    ['a release file that says no processor', { env: { JAVA_HOME: '/j' }, homes: { '/j': release('17.0.9', '') } }, '/j/bin/java'],
    ['Windows', { platform: 'win32', env: { JAVA_HOME_25_X64: WINDOWS }, homes: { [WINDOWS]: release('25.0.3').replace(/\n/g, '\r\n') } }, `${WINDOWS}\\bin\\java.exe`],
    ['JAVA_HOME alone', { env: { JAVA_HOME: '/opt/jdk' }, homes: { '/opt/jdk': release('21') } }, '/opt/jdk/bin/java'],
    ['JAVA_HOME of an old project, and a hosted 17',
        { env: { JAVA_HOME: '/j8', JAVA_HOME_17_X64: '/j17' }, homes: { '/j8': release('1.8.0_452'), '/j17': release('17.0.9') } }, '/j17/bin/java'],
    ['an early access build', { env: { JAVA_HOME: '/ea' }, homes: { '/ea': release('27-ea') } }, '/ea/bin/java'],
    ['a release file without JAVA_RUNTIME_VERSION', { env: { JAVA_HOME: '/j' }, homes: { '/j': 'JAVA_VERSION="17.0.1"\n' } }, '/j/bin/java'],
    ['OpenJ9 takes other options', { env: { JAVA_HOME: '/j9' }, homes: { '/j9': release('21.0.2', 'JVM_VARIANT="Openj9"') } }, undefined],
    ['a home whose java is gone', { env: { JAVA_HOME_25_X64: '/gone' } }, undefined],
    ['empty and relative variables', { env: { JAVA_HOME: '', JAVA_HOME_25_X64: 'jdk', PATH: '::bin:.' }, homes: { jdk: release('25'), bin: release('25') } }, undefined],
    ['variables that only look alike', { env: { JAVA_HOME_DIR: '/a', MY_JAVA_HOME: '/b', JAVA_HOME_25: '/c' },
        homes: { '/a': release('25'), '/b': release('25'), '/c': release('25') } }, undefined],
    ['the PATH, through symbolic links', { env: { PATH: '/bin:/usr/bin' }, links: { '/usr/bin/java': '/usr/lib/jvm/17/bin/java' },
        homes: { '/usr/lib/jvm/17': release('17.0.15') } }, '/usr/lib/jvm/17/bin/java'],
    ['the first on the PATH that fits', { env: { PATH: '/a/bin:/b/bin' }, homes: { '/a': release('11.0.2'), '/b': release('21.0.2') } }, '/b/bin/java'],
    ['a hosted one comes before the PATH', { env: { PATH: '/b/bin', JAVA_HOME_17_X64: '/a' }, homes: { '/a': release('17.0.2'), '/b': release('25') } }, '/a/bin/java'],
    ['the PATH of Windows', { platform: 'win32', env: { PATH: 'C:\\Windows;D:\\jdk\\bin' }, homes: { 'D:\\jdk': release('21.0.2') } }, 'D:\\jdk\\bin\\java.exe'],
    ['nothing at all', {}, undefined],
];
for (const [name, facts, expected] of cases) {
    test(`Java is found: ${name}`, () => {
        const here = machine(facts);

        assert.equal(findJava(here)?.command, expected);
        assert.deepEqual(here.asked, [], 'no java is run where a release file tells');
    });
}

test('a shim on the PATH is asked once, and the Java behind it is taken', () => {
    const facts = { '/home/u/.jenv/shims/java': settings('/opt/21', '21.0.4') };
    const here = machine({ env: { PATH: '/home/u/.jenv/shims:/usr/bin' }, homes: { '/opt/21': '' }, answers: facts });

    assert.deepEqual(findJava(here), { command: '/opt/21/bin/java', major: 21, version: '21.0.4+9' });
    assert.deepEqual(here.asked, ['/home/u/.jenv/shims/java']);
});

for (const [name, answer] of [['nothing, as the placeholder of macOS', ''], ['an old version', settings('/opt/8', '1.8.0_452')],
    ['OpenJ9', settings('/opt/21', '21.0.4', 'Eclipse OpenJ9 VM')], ['gibberish', '\u0000 = \n = x\n']]) {
    test(`a java that says of itself: ${name}, is not taken`, () => {
        const here = machine({ homes: { '/opt/21': '', '/opt/8': '' }, answers: { '/usr/bin/java': answer } });

        assert.equal(javaOf('/usr/bin/java', here), undefined);
    });
}

test('the version of a Java tells builds apart', () => {
    const version = (text) => findJava(machine({ env: { JAVA_HOME: '/j' }, homes: { '/j': text } })).version;

    assert.equal(version(release('17.0.15')), '17.0.15+7-LTS');
    assert.equal(version("JAVA_VERSION='x'\nJAVA_VERSION=\"17.0.1\"\n"), '17.0.1');
});

for (const [platform, { path: file, sha256 }] of Object.entries(table.files)) {
    test(`the JRE that is pinned for ${platform} is one for it`, () => {
        const names = { 'linux-x64': 'x64_linux', 'linux-arm64': 'aarch64_linux', 'linux-musl-x64': 'x64_alpine-linux',
            'linux-musl-arm64': 'aarch64_alpine-linux', 'darwin-arm64': 'aarch64_mac', 'win32-x64': 'x64_windows' };

        assert.match(file, new RegExp(`^jdk-25[^/]+/OpenJDK25U-jre_${names[platform]}_hotspot_25[^/]+\\.(tar\\.gz|zip)$`));
        assert.match(sha256, /^[0-9a-f]{64}$/);
    });
}

/** A release page on loopback that has one JRE, and a machine without Java. */
async function without(t, { platform = process.platform, files = ['release', 'bin/java'] } = {}) {
    const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'jre-')));
    t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
    for (const file of files) {
        fs.mkdirSync(path.dirname(path.join(folder, 'jdk-25+1-jre', file)), { recursive: true });
        fs.writeFileSync(path.join(folder, 'jdk-25+1-jre', file), 'JAVA_VERSION="25.0.4"\n', { mode: 0o755 });
    }
    const archive = execFileSync('tar', ['-czf', '-', '-C', folder, 'jdk-25+1-jre']);
    const requests = [];
    const server = http.createServer((request, response) => {
        requests.push(request.url);
        if (request.url === '/moved/jre.tar.gz') response.writeHead(302, { location: '/jre.tar.gz' }).end();
        else if (request.url === '/jre.tar.gz') response.end(archive);
        else response.writeHead(503).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => (server.closeAllConnections(), server.close()));
    const mirror = `http://127.0.0.1:${server.address().port}`;
    const cache = path.join(folder, 'tools');
    const here = {
        ...{ platform, arch: 'x64', path, program: 'java', musl: () => false },
        env: { RUNNER_TOOL_CACHE: cache, BUILDKIT_CI_JRE_MIRROR: mirror },
        read: (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined),
        real: (file) => (fs.existsSync(file) ? file : undefined),
    };
    const sha256 = createHash('sha256').update(archive).digest('hex');
    const of = (entry) => ({ base: 'http://base.invalid', files: { [`${platform}-x64`]: { path: 'jre.tar.gz', sha256, ...entry } } });
    const cached = () => (fs.existsSync(cache) ? fs.readdirSync(path.join(cache, 'buildkit-ci')) : []);
    return { here, of, requests, cached, cache, sha256, mirror };
}

test('a JRE is fetched, checked, unpacked and kept: the next step needs no network', async (t) => {
    const { here, of, requests, cache, sha256 } = await without(t);
    const first = await fetchJava(here, of({}));
    const second = await fetchJava(here, of({}));

    assert.equal(first.command, path.join(cache, 'buildkit-ci', `jre-${sha256.slice(0, 16)}`, 'bin/java'));
    assert.equal(first.major, 25);
    assert.ok(fs.statSync(first.command).mode & 0o100, 'it can be run');
    assert.deepEqual(second, first);
    assert.deepEqual(requests, ['/jre.tar.gz']);
});

test('the address that a release page leads on to is followed', async (t) => {
    const { here, of, requests } = await without(t);
    await fetchJava(here, of({ path: 'moved/jre.tar.gz' }));

    assert.deepEqual(requests, ['/moved/jre.tar.gz', '/jre.tar.gz']);
});

test('on macOS the home lies deeper in the archive', async (t) => {
    const { here, of, cache } = await without(t, { platform: 'darwin', files: ['Contents/Home/release', 'Contents/Home/bin/java'] });

    assert.match((await fetchJava(here, of({}))).command, new RegExp(`^${cache}/.*/Contents/Home/bin/java$`));
});

test('a JRE of another sha256 is refused and nothing of it is written', async (t) => {
    const { here, of, cached, sha256 } = await without(t);

    await assert.rejects(fetchJava(here, of({ sha256: '0'.repeat(64) })), { message: new RegExp(`has the sha256 ${sha256}, not 0{64}$`) });
    assert.deepEqual(cached(), []);
});

test('an answer that is not a success is told with its status', async (t) => {
    const { here, of, cached } = await without(t);

    await assert.rejects(fetchJava(here, of({ path: 'else' })), { message: /\/else answered 503$/ });
    assert.deepEqual(cached(), []);
});

test('an archive that cannot be unpacked leaves nothing behind', async (t) => {
    const { here, of, cached } = await without(t);
    here.env.BUILDKIT_CI_JRE_MIRROR = 'data:,no archive';
    const sha256 = createHash('sha256').update('no archive/').digest('hex');

    await assert.rejects(fetchJava(here, of({ sha256, path: '' })), { message: /tar -xzf/ });
    assert.deepEqual(cached(), []);
});

test('a platform that no JRE is pinned for is named', async (t) => {
    const { here, of } = await without(t);

    await assert.rejects(fetchJava({ ...here, arch: 'riscv64' }, of({})), { message: /^No JRE is known for linux riscv64/ });
    await assert.rejects(fetchJava({ ...here, musl: () => true }, of({})), { message: /^No JRE is known for linux x64/ });
});
