require('./launch.cjs').main();
