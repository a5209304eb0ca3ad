'use strict';
// The launcher with real processes: what the child is given, what comes back, and when there is no child.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { JAVA_HOME, Stage } = require('./stage.cjs');

const JAVA = path.join(JAVA_HOME, 'bin/java');
const UNDO = { STATE_undo: '1', STATE_java: JAVA };

test('the jar is started with its stage and the environment as it is, names with hyphens included', async (t) => {
    const stage = new Stage(t).withJar();
    const { code, out, err } = await stage.run('main.cjs', { 'INPUT_BUILD-ARGS': 'A=1\nB=two words', INPUT_STEP: 'build-push' });

    assert.equal(err, '');
    assert.equal(code, 0);
    assert.match(out, /^command=\S+\/bin\/java .* io\.buildkitci\.action\.Main github main$/m);
    assert.ok(stage.marks().join('\n').includes('main has INPUT_BUILD-ARGS=A=1\nB=two words'));
});

test('no value of an input, a token or a state stands on the command line', async (t) => {
    const stage = new Stage(t).withJar();
    const secrets = { INPUT_SECRETS: 'a=tell-no-one', 'INPUT_GITHUB-TOKEN': 'ghs_tell', ACTIONS_RUNTIME_TOKEN: 'eyJ.tell', STATE_x: 'stell' };
    const { out } = await stage.run('main.cjs', secrets);

    const command = /^command=(.*)$/m.exec(out)[1];
    for (const value of Object.values(secrets)) {
        assert.ok(!command.includes(value), command);
        assert.ok(stage.marks().some((mark) => mark.endsWith(`=${value}`)), `the child has ${value} in its environment`);
    }
});

for (const code of [0, 1, 2, 3, 70, 130, 255]) {
    test(`exit code ${code} is the step's`, async (t) => {
        const result = await new Stage(t).withJar().run('main.cjs', { STAND_IN_MAIN: `exit ${code}` });

        assert.equal(result.code, code);
    });
}

test('a child that a signal killed is told as 128 and the signal', async (t) => {
    const result = await new Stage(t).withJar().run('main.cjs', { STAND_IN_MAIN: 'kill-itself' });

    assert.equal(result.code, 137);
});

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
    test(`${signal} reaches the child, and the launcher stays until the child has ended its work`, async (t) => {
        const running = new Stage(t).withJar().start('main.cjs', { STAND_IN_MAIN: 'wait-for-signal' });
        await running.says('ready');
        running.child.kill(signal);
        const result = await running.ended;

        assert.match(result.out, /ended its work/);
        assert.equal(result.code, code);
    });
}

test('a child that does not heed SIGINT gets the SIGTERM that follows', async (t) => {
    const running = new Stage(t).withJar().start('main.cjs', { STAND_IN_MAIN: 'ignore-interrupt' });
    await running.says('ready');
    running.child.kill('SIGINT');
    await running.says('interrupted');
    running.child.kill('SIGTERM');

    assert.equal((await running.ended).code, 143);
});

test('post runs after a cancelled main, in the Java that main found', async (t) => {
    const stage = new Stage(t).withJar();
    const running = stage.start('main.cjs', { STAND_IN_MAIN: 'wait-for-signal' });
    await running.says('ready');
    running.child.kill('SIGINT');
    await running.ended;
    const post = await stage.run('post.cjs', { ...stage.state(), STATE_undo: '1', JAVA_HOME: '' });

    assert.equal(post.code, 0);
    assert.deepEqual(stage.starts(), ['main', 'post']);
    assert.match(post.out, new RegExp(`^command=${JAVA} .* github post$`, 'm'));
});

for (const state of [{ STATE_java: JAVA }, { STATE_java: JAVA, STATE_undo: '' }, {}]) {
    test(`post starts no Java where there is nothing to undo (${JSON.stringify(Object.keys(state))})`, async (t) => {
        const stage = new Stage(t).withJar();
        const { code, out, err } = await stage.run('post.cjs', { ...state, RUNNER_TOOL_CACHE: stage.cache });

        assert.deepEqual({ code, out, err }, { code: 0, out: '', err: '' });
        assert.deepEqual(stage.starts(), []);
    });
}

test('a post that fails warns and does not fail the step', async (t) => {
    const { code, out } = await new Stage(t).withJar().run('post.cjs', { ...UNDO, STAND_IN_POST: 'exit 3' });

    assert.equal(code, 0);
    assert.match(out, /^::warning title=BuildKit CI::Not everything was taken back \(exit code 3\)\.$/m);
});

test('a post without a jar warns and does not fail the step', async (t) => {
    const { code, out } = await new Stage(t).run('post.cjs', UNDO);

    assert.equal(code, 0);
    assert.match(out, /^::warning title=BuildKit CI::There is no .*buildkit-ci\.jar/m);
});

test("post searches anew when main's Java is gone", async (t) => {
    const stage = new Stage(t).withJar();
    await stage.run('post.cjs', { ...UNDO, STATE_java: stage.path('gone/bin/java') });

    assert.deepEqual(stage.starts(), ['post']);
});

test('a development checkout runs the jar that Maven built', async (t) => {
    const { code, out } = await new Stage(t).withJar('github-action/target/buildkit-ci.jar').run('main.cjs');

    assert.equal(code, 0);
    assert.match(out, /checkout\/github-action\/target\/buildkit-ci\.jar/);
});

test("the release's jar comes before one that Maven built", async (t) => {
    const { out } = await new Stage(t).withJar().withJar('github-action/target/buildkit-ci.jar').run('main.cjs');

    assert.match(out, /checkout\/dist\/buildkit-ci\.jar/);
});

test('a checkout without a jar says so', async (t) => {
    const { code, out, err } = await new Stage(t).run('main.cjs');

    assert.equal(code, 3);
    assert.match(out, /^::error title=BuildKit CI::There is no .*\/dist\/buildkit-ci\.jar: use a released tag/m);
    assert.equal(err, '');
});

test('a machine without Java and without network says what to add to the job', async (t) => {
    const stage = new Stage(t).withJar();
    const nowhere = { JAVA_HOME: '', RUNNER_TOOL_CACHE: stage.cache, BUILDKIT_CI_JRE_MIRROR: 'http://127.0.0.1:9' };
    const { code, out, err } = await stage.run('main.cjs', nowhere);

    assert.equal(code, 3);
    assert.match(out, /^::warning title=BuildKit CI::fetch failed: .+/m);
    assert.match(out, /^::error title=BuildKit CI::Java 17 or newer is missing: add a step that uses actions\/setup-java@v5\.$/m);
    assert.equal(err, '');
    assert.deepEqual(stage.cached(), []);
});

test('behind a shim, the Java itself is started: a shell could drop variables', async (t) => {
    const stage = new Stage(t).withJar();
    const shim = stage.path('shims/java');
    fs.mkdirSync(path.dirname(shim));
    fs.writeFileSync(shim, `#!/bin/sh\nexec "${JAVA}" "$@"\n`, { mode: 0o755 });
    const { code, out } = await stage.run('main.cjs', { JAVA_HOME: '', PATH: path.dirname(shim), 'INPUT_BUILD-ARGS': 'A=1' });

    assert.equal(code, 0);
    assert.match(out, new RegExp(`^command=${fs.realpathSync(JAVA_HOME)}/bin/java `, 'm'));
    assert.ok(stage.marks().includes('main has INPUT_BUILD-ARGS=A=1'));
});
