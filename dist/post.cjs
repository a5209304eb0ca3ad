require('./launch.cjs').post();
