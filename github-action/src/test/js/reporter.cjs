'use strict';
// Tells LauncherTest of each test that ended: passed or failed, its name, and what was wrong, one line each.
module.exports = async function* report(events) {
    for await (const { type, data } of events) {
        if (type !== 'test:pass' && type !== 'test:fail') continue;
        const outcome = data.skip !== undefined || data.todo !== undefined ? 'skipped' : type.slice('test:'.length);
        const problem = data.details.error?.cause?.stack ?? data.details.error?.message ?? '';
        yield `${[outcome, data.file ?? '', data.name, `${problem}`].map(encodeURIComponent).join(' ')}\n`;
    }
};
