'use strict';
// The class archive, with every Java of this machine: made, used, and never in the way.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { JAVA_HOME, Stage, javaHomes, majorOf, stillRunning } = require('./stage.cjs');

const used = ({ out }) => /^archive=(\w+)$/m.exec(out)[1];

/** A step that lasts until the archive is there. */
function make(stage, home, more) {
    const steps = { INPUT_STEP: 'create-builder', STAND_IN_MAIN: `wait-for-archive ${stage.archives}` };
    return stage.run('main.cjs', { JAVA_HOME: home, RUNNER_TOOL_CACHE: stage.cache, ...steps, ...more });
}

for (const home of javaHomes()) {
    const name = path.basename(home);
    const start = (stage, more) => stage.run('main.cjs', { JAVA_HOME: home, RUNNER_TOOL_CACHE: stage.cache, ...more });

    test(`${name}: an archive is made beside create-builder and used from then on`, async (t) => {
        const stage = new Stage(t).withJar();
        const first = await make(stage, home);
        const next = await start(stage, { INPUT_STEP: 'build-push' });
        const option = majorOf(home) >= 25 ? '-XX:AOTCache=' : '-XX:SharedArchiveFile=';

        assert.deepEqual([first.code, used(first)], [0, 'false']);
        assert.deepEqual([next.code, used(next), next.err], [0, 'true', '']);
        assert.ok(next.out.includes(option), next.out);
        assert.deepEqual(stage.starts().sort(), ['main', 'main', 'rehearse']);
        assert.deepEqual(stage.cached().map((file) => `${fs.statSync(file).size}`), stage.cached().map((file) => path.basename(file)));
    });

    test(`${name}: an archive that was cut short is not given to Java, and a new one is made`, async (t) => {
        const stage = new Stage(t).withJar();
        await make(stage, home);
        const [archive] = stage.cached();
        fs.chmodSync(archive, 0o644);
        fs.truncateSync(archive, 5000);
        const next = await start(stage, {});
        await stage.run('post.cjs', { ...stage.state(), RUNNER_TOOL_CACHE: stage.cache, RUNNER_ENVIRONMENT: 'self-hosted' });
        const healed = await start(stage, {});

        assert.deepEqual([next.code, used(next), next.err], [0, 'false', '']);
        assert.deepEqual([healed.code, used(healed), healed.err], [0, 'true', '']);
    });

    test(`${name}: a file that is no archive does not keep Java from running`, async (t) => {
        const stage = new Stage(t).withJar();
        await make(stage, home);
        const [archive] = stage.cached();
        const { size } = fs.statSync(archive);
        fs.chmodSync(archive, 0o644);
        fs.writeFileSync(archive, Buffer.alloc(size, 'no archive '));
        const { code, out, err } = await start(stage, {});

        assert.equal(code, 0);
        assert.ok(out.includes(archive), 'it was tried');
        assert.equal(err, '');
    });

    test(`${name}: the archive of another Java does not keep Java from running`, async (t) => {
        const stage = new Stage(t).withJar();
        const other = javaHomes().find((each) => each !== home) ?? home;
        await make(stage, other);
        const [archive] = stage.cached();
        const beside = new Stage(t).withJar();
        await make(beside, home);
        const [mine] = beside.cached();
        const planted = path.join(path.dirname(mine), `${fs.statSync(archive).size}`);
        fs.rmSync(mine, { force: true });
        fs.copyFileSync(archive, planted);
        const { code, out, err } = await start(beside, {});

        assert.equal(code, 0);
        assert.ok(out.includes(planted), 'it was tried');
        assert.equal(err, '');
    });
}

test('a training run that has not ended with its step is ended with all that it started', async (t) => {
    const stage = new Stage(t).withJar();
    const steps = { INPUT_STEP: 'create-builder', STAND_IN_MAIN: 'wait-for-mark another', STAND_IN_REHEARSE: 'start-another' };
    const { code } = await stage.run('main.cjs', { RUNNER_TOOL_CACHE: stage.cache, ...steps });
    const pids = stage.marks().filter((mark) => /^(rehearse|another) \d+$/.test(mark)).map((mark) => Number(mark.split(' ')[1]));

    assert.equal(code, 0);
    assert.equal(pids.length, 2);
    assert.deepEqual(await stillRunning(pids), []);
    assert.deepEqual(stage.cached(), []);
    assert.deepEqual(fs.readdirSync(stage.archives).flatMap((key) => fs.readdirSync(path.join(stage.archives, key))), []);
});

test('a training run after post is ended when the job is cancelled', async (t) => {
    const stage = new Stage(t).withJar();
    const lasting = { STATE_java: path.join(JAVA_HOME, 'bin/java'), RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_TOOL_CACHE: stage.cache };
    const running = stage.start('post.cjs', { ...lasting, STAND_IN_REHEARSE: 'start-another' });
    while (!stage.marks().some((mark) => mark.startsWith('another'))) await new Promise((resolve) => setTimeout(resolve, 20));
    running.child.kill('SIGINT');
    const { code } = await running.ended;
    const pids = stage.marks().map((mark) => Number(mark.split(' ')[1]));

    assert.equal(code, 0);
    assert.deepEqual(await stillRunning(pids), []);
    assert.deepEqual(stage.cached(), []);
});

test('a training run sees no input, no token and no file of the runner', async (t) => {
    const stage = new Stage(t).withJar();
    await make(stage, JAVA_HOME, { INPUT_SECRETS: 'a=b', ACTIONS_RUNTIME_TOKEN: 'token', GITHUB_TOKEN: 'token', STATE_x: 'y' });

    assert.deepEqual(stage.marks().filter((mark) => mark.startsWith('rehearse has')), []);
    assert.ok(stage.marks().some((mark) => mark.startsWith('main has INPUT_SECRETS')));
});

test('files of a training run go with its stage, even of one that is ended by force', async (t) => {
    const stage = new Stage(t).withJar();
    await make(stage, JAVA_HOME, { XDG_RUNTIME_DIR: stage.path('runtime') });
    const [place] = stage.marks().filter((mark) => mark.startsWith('rehearse keeps files in '));

    assert.match(place, new RegExp(`in ${stage.cache}/buildkit-ci/\\w+/making-\\d+$`));
    assert.deepEqual(stage.marks().filter((mark) => mark === `main keeps files in ${stage.path('runtime')}`).length, 1);
});

test('a training run that fails leaves nothing and the step as it was', async (t) => {
    const stage = new Stage(t).withJar();
    const lasting = { STATE_java: path.join(JAVA_HOME, 'bin/java'), RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_TOOL_CACHE: stage.cache };
    const { code, out, err } = await stage.run('post.cjs', { ...lasting, STAND_IN_REHEARSE: 'exit 1' });

    assert.deepEqual({ code, out, err, cached: stage.cached() }, { code: 0, out: '', err: '', cached: [] });
    assert.deepEqual(stage.starts(), ['rehearse']);
});

test('a tool cache that takes nothing does not touch the step', async (t) => {
    const stage = new Stage(t).withJar();
    fs.mkdirSync(stage.cache);
    fs.writeFileSync(stage.archives, 'in the way');
    const { code, err } = await stage.run('main.cjs', { INPUT_STEP: 'create-builder', RUNNER_TOOL_CACHE: stage.cache });

    assert.deepEqual({ code, err, starts: stage.starts() }, { code: 0, err: '', starts: ['main'] });
});

for (const [name, more, starts] of [
    ['beside the other steps', { INPUT_STEP: 'build-push' }, ['main']],
    ['where there is no tool cache', { INPUT_STEP: 'create-builder', RUNNER_TOOL_CACHE: '' }, ['main']],
]) {
    test(`no archive is made ${name}`, async (t) => {
        const stage = new Stage(t).withJar();
        await stage.run('main.cjs', { RUNNER_TOOL_CACHE: stage.cache, ...more });

        assert.deepEqual(stage.starts(), starts);
        assert.deepEqual(stage.cached(), []);
    });
}

test('on a runner that stays, post makes the archive once, after what it has to undo', async (t) => {
    const stage = new Stage(t).withJar();
    const lasting = { RUNNER_ENVIRONMENT: 'self-hosted', RUNNER_TOOL_CACHE: stage.cache, STATE_undo: '1' };
    await stage.run('main.cjs', lasting);
    const first = await stage.run('post.cjs', { ...lasting, ...stage.state() });
    const second = await stage.run('post.cjs', { ...lasting, ...stage.state() });

    assert.deepEqual([first.code, used(first), used(second)], [0, 'false', 'true']);
    assert.deepEqual(stage.starts(), ['main', 'post', 'rehearse', 'post']);
});

test('another version of the jar gets an archive of its own', async (t) => {
    const stage = new Stage(t).withJar();
    await make(stage, JAVA_HOME);
    fs.utimesSync(path.join(stage.dist, 'buildkit-ci.jar'), new Date(0), new Date(1_000_000));
    const next = await stage.run('main.cjs', { RUNNER_TOOL_CACHE: stage.cache });

    assert.deepEqual([next.code, used(next), next.err], [0, 'false', '']);
});
