// sarif_schema.js LOG...: whether each log is valid by the SARIF 2.1.0 schema of OASIS. Run where the validators are installed.
'use strict';
const fs = require('fs');
const path = require('path');
const modules = path.join(process.cwd(), 'node_modules');
const Ajv = require(path.join(modules, 'ajv-draft-04'));
const schema = path.join(modules, '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

// One of the schema's patterns is no pattern in Unicode mode; formats are looked at by the rules of the other validator.
const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, validateFormats: false });
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));
for (const log of process.argv.slice(2)) {
  if (validate(JSON.parse(fs.readFileSync(log, 'utf8')))) continue;
  for (const error of validate.errors) console.log(`${log}${error.instancePath}: ${error.message}`);
  process.exitCode = 1;
}
