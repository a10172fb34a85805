import { freshProgress } from './import/progress.cts';
import { importStep } from './import/steps.cts';
import type { ExchangeSettings } from './settings.cts';
import type { Crash, ExchangeSite } from './site.cts';

/** A part of somebody else's exchange. `file`: what he uploads and imports; `steps`: how many calls of it are done. */
interface ForeignExchange {
	file: string;
	steps: number;
}

/**
 * The exchange's own control actions:
 * - `GET exchange`: settings, sessions, uploaded files, uploads (number, greatest, above the limit), steps by name
 * - `PUT exchange/settings {…}`: the options of the site, and those of the web server and PHP
 * - `GET exchange/directories`: what came as `type=reference`
 * - `POST exchange/expire`: all sessions are forgotten
 * - `POST exchange/foreign {file, steps}`: another client logs in, empties the directories and begins to import that text
 * - `PUT exchange/crash {step, times} | null`: requests that do this step die when it is done
 */
export const exchangeActions = (site: ExchangeSite): Record<string, (body: unknown) => unknown> => ({
	'GET exchange': () => stateOf(site),
	'GET exchange/directories': () => [...site.directories.values()],
	'PUT exchange/settings': (body) => changeSettings(site.settings, body as Partial<ExchangeSettings>),
	'POST exchange/expire': () => site.sessions.expire(),
	'POST exchange/foreign': (body) => runForeign(site, body as ForeignExchange),
	'PUT exchange/crash': (body) => void (site.crash = body as Crash | null),
});

function stateOf({ settings, sessions, goodsFiles, orderFiles, uploads, steps, table }: ExchangeSite): unknown {
	return {
		settings,
		sessions: sessions.count,
		files: { catalog: goodsFiles.names, sale: orderFiles.names },
		hasTable: table.exists,
		uploads,
		steps,
	};
}

/** Throws for a setting that does not exist. */
function changeSettings(settings: ExchangeSettings, values: Partial<ExchangeSettings>): ExchangeSettings {
	const unknown = Object.keys(values).filter((name) => !Object.hasOwn(settings, name));
	if (unknown.length > 0) throw new RangeError(`Unknown setting: ${unknown.join(', ')}`);
	return Object.assign(settings, values);
}

const FOREIGN_FILE = 'foreign.xml';

/** Returns what the site said last. */
function runForeign(site: ExchangeSite, { file, steps }: ForeignExchange): { answer: string } {
	site.goodsFiles.empty();
	site.goodsFiles.append(FOREIGN_FILE, Buffer.from(file));
	let [progress, answer] = [freshProgress(false), ''];
	for (let step = 0; step < steps; step++) ({ next: progress, answer } = importStep(site, progress, FOREIGN_FILE));
	return { answer };
}
