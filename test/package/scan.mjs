// n8n's scanner of community packages on folders that lie here: prints a result for each pair of folder and patterns.
import { analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';

const results = [];
for (const { folder, patterns } of JSON.parse(process.argv[2])) {
	const { passed, message = '', details = '' } = await analyzePackage(folder, patterns);
	results.push({ passed, text: `${message}\n${details}`.trim() });
}
console.log(JSON.stringify(results));
