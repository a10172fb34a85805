import { htmlPage, htmlText } from '../model/html';
import { CHECK_AREAS, type CheckArea, type CheckFinding, type CheckReport } from './finding';

const AREA_NAMES: Record<CheckArea, string> = {
	moySklad: 'MoySklad',
	webhooks: 'Webhooks',
	address: 'Public address',
	bitrix: 'Bitrix REST',
	exchange: '1C exchange',
	choices: 'Choices and maps',
	n8n: 'n8n',
};

const COLOURS: Record<CheckFinding['severity'], string> = { error: '#fde2e2', warning: '#fff3cd', info: '#eef4ff' };

/** The report as a page for people: complete HTML that needs no other file. `asked` are the areas that somebody wants to know of; one of which nothing could be seen is not called well. */
export function checkPage({ findings, facts, looked }: CheckReport, asked: readonly CheckArea[]): string {
	const sections = CHECK_AREAS.filter((area) => asked.includes(area)).map((area) => section(area, findings.filter((finding) => finding.area === area), looked.includes(area)));
	const inOrder = [...facts.filter(({ what }) => isVersion(what)), ...facts.filter(({ what }) => !isVersion(what))];
	const rows = inOrder.map(({ area, what, value }) => `<tr><td>${AREA_NAMES[area]}</td><td>${htmlText(what)}</td><td>${htmlText(String(value ?? '–'))}</td></tr>`);
	const verdict = findings.some(({ severity }) => severity === 'error') ? 'Not ready' : findings.length > 0 ? 'Ready, with remarks' : 'Ready';
	const marks = facts.filter(({ what }) => what === 'production').map(({ area, value }) => `${AREA_NAMES[area]}: ${value === true ? 'production' : 'simulator or test site'}`);
	return htmlPage('Sync check', 960, [
		`<h1>${verdict}</h1>`,
		marks.length > 0 ? `<p>${marks.join(', ')}</p>` : '',
		...sections,
		rows.length > 0 ? `<h2>What was seen</h2><table cellpadding="4">${rows.join('')}</table>` : '',
	]);
}

const WELL = '<div style="background:#e6f6e6;padding:8px 12px">All is well.</div>';
const UNSEEN = '<div style="background:#f0f0f0;padding:8px 12px">Nothing of it was looked at.</div>';

const isVersion = (what: string): boolean => /version/i.test(what);

function section(area: CheckArea, findings: readonly CheckFinding[], looked: boolean): string {
	const list = findings.map(
		({ severity, code, message, advice }) =>
			`<div style="background:${COLOURS[severity]};padding:8px 12px;margin:6px 0"><b>${htmlText(message)}</b><br>${htmlText(advice)}<br><small>${severity} · ${code}</small></div>`,
	);
	return `<h2>${AREA_NAMES[area]}</h2>${list.length > 0 ? list.join('') : looked ? WELL : UNSEEN}`;
}
