import { htmlPage, htmlText } from '../model/html';
import { siteClock } from '../model/wallClock';
import { shareChart, timeChart } from './charts';
import { asksForObjects, type JournalFilters } from './filters';
import type { JournalReport, LimitReport, Share } from './report';

/** What e-mail clients show beside their own columns, and what fits a phone. */
const WIDTH = 600;

const HEAD = 'text-align:left;font-weight:normal;color:#6b7583;border-bottom:1px solid #c9d0d9;padding:4px 6px';
const CELL = 'border-bottom:1px solid #e6e9ee;padding:5px 6px;vertical-align:top';
const RIGHT = ';text-align:right;white-space:nowrap';

/** What waits where, for those who look into no table. */
const QUEUES: Record<string, string> = {
	inbox: 'changes that were reported and are not taken over yet',
	'dead letters': 'changes that nobody tries again by itself: look at the error desk',
	failures: 'objects that failed, with their reasons: the error desk tells them',
	reviews: 'customers about whom a person has to decide',
};

/** Filters, as people call them. */
const FILTERS: Record<keyof JournalFilters, string> = { flow: 'flow', object: 'kind of objects', status: 'status', code: 'code', key: 'object' };

/** A column: its name, and whether it holds numbers. */
type Column = [string, 'text' | 'number'];

/**
 * The report as a page for people, made for e-mail: styles at the elements, tables for what has to stand beside each other, charts as
 * SVG. Clients that leave SVG out still show every number.
 * @param title what it is a report of, e.g. `Weekly report`
 */
export function reportPage(title: string, report: JournalReport): string {
	const { from, to, zone, all, errors, warnings, times, queues, limits } = report;
	const queued = Object.entries(queues);
	return htmlPage(title, WIDTH, [
		`<h1 style="font-size:22px;margin:0">${htmlText(title)}</h1>`,
		`<p style="color:#6b7583;margin:4px 0 16px">${momentName(from, zone)} – ${momentName(to, zone)} ${htmlText(zone)}</p>`,
		...narrowed(report),
		verdict(report),
		...incomplete(report),
		tiles([
			['Objects', number(all.total), `in ${number(all.runs)} runs`],
			['Success', percent(all.success), `${number(all.written)} written, ${number(all.unchanged)} as they were`],
			['Failed', number(all.failed), errors.length === 1 ? 'one code' : `${errors.length} codes`],
			['Duration', time(all.p50), `half of the runs took no longer, 95 % no longer than ${time(all.p95)}`],
		]),
		title2('Objects over time'),
		all.total > 0 ? `${timeChart(times, WIDTH)}<p style="font-size:12px;color:#6b7583;margin:2px 0"><span style="color:#2e9e5b">■</span> fine &nbsp; <span style="color:#d64545">■</span> failed</p>` : nothing('Nothing was written in this time.'),
		...flowsPart(report),
		title2('Errors'),
		errors.length > 0 ? errors.map(errorBlock).join('') : nothing('No object failed.'),
		...(warnings.length > 0 ? [title2('Remarks'), table([['What', 'text'], ['Times', 'number']], warnings.map(({ code, count, message }) => [`${htmlText(message)} <small>${htmlText(code)}</small>`, number(count)]))] : []),
		...(queued.length > 0 ? [title2('What waits now'), table([['Queue', 'text'], ['What is in it', 'text'], ['Rows', 'number']], queued.map(([name, count]) => [htmlText(name), htmlText(QUEUES[name] ?? ''), number(count)]))] : []),
		...limitsPart(limits, all.calls),
	]);
}

function verdict({ all, queues, filters }: JournalReport): string {
	const dead = queues['dead letters'] ?? 0;
	const [colour, text] =
		all.total === 0 ? ['#eef4ff', Object.keys(filters).length > 0 ? 'The journal has nothing of that.' : 'No flow told the journal anything.'] : all.failed === 0 && dead === 0 ? ['#e6f6e6', 'Everything went through.'] : ['#fff3cd', `${number(all.failed)} of ${number(all.total)} objects failed${dead > 0 ? `, ${number(dead)} dead letters wait` : ''}.`];
	return `<div style="background:${colour};padding:10px 12px;margin:0 0 12px"><b>${text}</b></div>`;
}

/** What is left out by filters must not be taken for what did not happen. */
function narrowed({ filters }: JournalReport): string[] {
	const given = Object.entries(filters).map(([name, value]) => `${FILTERS[name as keyof JournalFilters]} <b>${htmlText(String(value))}</b>`);
	if (given.length === 0) return [];
	const ofObjects = asksForObjects(filters) ? ' Only objects that have a row of their own in the journal are counted.' : '';
	return [`<p style="margin:0 0 12px">Only: ${given.join(', ')}.${ofObjects}</p>`];
}

/** A journal that is younger than the period, or that had no room for all of it, must not look like a quiet time. */
const incomplete = ({ journalBegins, zone }: JournalReport): string[] =>
	journalBegins === null ? [] : [`<div style="background:#fff3cd;padding:8px 12px;margin:0 0 12px"><b>Not the whole time:</b> the journal begins at ${momentName(journalBegins, zone)}. What was before is not counted.</div>`];

const title2 = (text: string): string => `<h2 style="font-size:16px;margin:24px 0 8px">${text}</h2>`;
const nothing = (text: string): string => `<div style="background:#e6f6e6;padding:8px 12px">${text}</div>`;

function tiles(rows: ReadonlyArray<[string, string, string]>): string {
	const cells = rows.map(([name, value, more]) => `<td width="25%" style="background:#f4f6f8;border:4px solid #fff;padding:10px;vertical-align:top"><div style="font-size:12px;color:#6b7583">${name}</div><div style="font-size:22px">${value}</div><div style="font-size:11px;color:#6b7583">${more}</div></td>`);
	return `<table width="100%" cellspacing="0" style="border-collapse:collapse;table-layout:fixed"><tr>${cells.join('')}</tr></table>`;
}

function flowsPart({ flows, objects }: JournalReport): string[] {
	if (flows.length === 0) return [];
	const share: Column[] = [['Objects', 'number'], ['Written', 'number'], ['Failed', 'number'], ['Success', 'number']];
	const counts = (one: Share): string[] => [number(one.total), number(one.written), number(one.failed), success(one.success)];
	return [
		title2('By flow'),
		table([['Flow', 'text'], ['Runs', 'number'], ...share, ['Half within', 'number'], ['95 % within', 'number']], flows.map((one) => [htmlText(one.flow), number(one.runs), ...counts(one), time(one.p50), time(one.p95)])),
		title2('By kind'),
		table([['Kind', 'text'], ...share], objects.map((one) => [htmlText(one.object || 'not said'), ...counts(one)])),
	];
}

/** The number and a bar; a cell of its own colour is left to what is not fine. */
const success = (share: number | null): string => (share === null ? '–' : `${shareChart(share / 100, 40, false)} ${beside(percent(share))}`);

/** As wide for each row, so that the bars stand below each other. */
const beside = (text: string): string => `<span style="display:inline-block;min-width:50px">${text}</span>`;

function errorBlock({ code, count, message, advice, flows, affected, moreAffected, examples }: JournalReport['errors'][number]): string {
	const whose = affected === 0 ? '' : `${moreAffected ? `${affected} or more` : affected} ${affected === 1 ? 'object' : 'objects'}: ${examples.join(', ')}${affected > examples.length ? ' …' : ''}`;
	const small = [`${code}`, flows.join(', '), whose].filter((part) => part !== '').map(htmlText).join(' · ');
	return `<div style="background:#fde2e2;padding:8px 12px;margin:6px 0;overflow-wrap:anywhere"><b>${number(count)} × ${htmlText(message || code)}</b><br>${advice === '' ? '' : `${htmlText(advice)}<br>`}<small>${small}</small></div>`;
}

function limitsPart(limits: readonly LimitReport[], calls: number): string[] {
	if (limits.length === 0) return [];
	const rows = limits.map((one) => [
		htmlText(`${one.platform === 'moySklad' ? 'MoySklad' : 'Bitrix'}, ${one.limit === 'rate' ? 'calls' : 'working time'}`),
		`<small>${htmlText(one.account)}</small>`,
		...(one.limit === 'rate' ? [number(one.calls), number(one.refused), time(one.waitedMilliseconds)] : ['–', number(one.refused), '–']),
		`${shareChart(one.share, 40, true)} ${beside(percent(Math.round(one.share * 1000) / 10))}`,
	]);
	return [
		title2('Use of the limits'),
		`<p style="margin:0 0 6px;font-size:13px">${number(calls)} calls by the runs of this report. The share is that of the fullest minute: at 100 % calls wait for their turn.</p>`,
		table([['Limit', 'text'], ['Account', 'text'], ['Calls', 'number'], ['Refused', 'number'], ['Waited', 'number'], ['Share', 'number']], rows),
	];
}

function table(columns: readonly Column[], rows: ReadonlyArray<readonly string[]>): string {
	const heads = columns.map(([name, kind]) => `<th style="${HEAD}${kind === 'number' ? RIGHT : ''}">${name}</th>`);
	const lines = rows.map((cells) => `<tr>${cells.map((cell, index) => `<td style="${CELL}${columns[index]?.[1] === 'number' ? RIGHT : ';overflow-wrap:anywhere'}">${cell}</td>`).join('')}</tr>`);
	// On a phone a table is wider than the page: it is moved in itself, and not the page.
	return `<div style="overflow-x:auto"><table width="100%" cellspacing="0" style="border-collapse:collapse;font-size:13px"><tr>${heads.join('')}</tr>${lines.join('')}</table></div>`;
}

/** Thousands apart, so that they do not break. */
const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0');

const percent = (value: number | null): string => (value === null ? '–' : `${value}\u00a0%`);

/** A moment as the clocks of the zone show it, to the minute. */
function momentName(at: string, zone: string): string {
	const { day, time } = siteClock(zone, Date.parse(at));
	return `${day} ${time.slice(0, 5)}`;
}

/** Milliseconds in words. */
function time(value: number | null): string {
	if (value === null) return '–';
	if (value < 1000) return `${value} ms`;
	if (value < 60_000) return `${Math.round(value / 100) / 10} s`;
	return value < 3_600_000 ? `${Math.round(value / 6000) / 10} min` : `${Math.round(value / 360_000) / 10} h`;
}
