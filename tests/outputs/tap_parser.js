// tap_parser.js <TAP: what the parser of npm makes of it, as JSON. Run where the validators are installed.
'use strict';
const path = require('path');
const { Parser } = require(path.join(process.cwd(), 'node_modules', 'tap-parser'));

const parser = new Parser({ strict: true }, (found) => {
  const { count, skip, todo, bailout, plan } = found;
  const fail = found.fail - todo; // it counts what is still to do among what failed
  const problems = found.failures.filter((failure) => failure.tapError).map((failure) => failure.tapError);
  console.log(JSON.stringify({ count, fail, skip, todo, bailout, end: plan.end, problems }));
});
process.stdin.pipe(parser);
