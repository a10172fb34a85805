import { wait } from '../../kernel/clock.cts';
import { failure, success, TEXTS } from './answers.cts';
import { parameter, type ExchangeCall, type ExchangeMode } from './call.cts';
import { uploadPath } from './fileNames.cts';
import { deactivateUntouched } from './import/deactivate.cts';
import { freshProgress, type CatalogProgress } from './import/progress.cts';
import { CATALOG_STEPS, DIRECTORY_STEPS, importStep } from './import/steps.cts';
import { COOKIE_NAME, type SessionData } from './sessions.cts';

/** Seconds that the clocks of web server and database may differ. */
const CLOCK_TOLERANCE = 600;

/** Goods and directories are exchanged alike, each with a state of its own in the session. */
type Kind = keyof Pick<SessionData, 'catalog' | 'reference'>;

const checkauth: ExchangeMode = ({ site, session }) => {
	const { sessionRotation, clockDrift, checkauthLines } = site.settings;
	if (sessionRotation) return failure(TEXTS.sessionRotation);
	if (Math.abs(clockDrift) > CLOCK_TOLERANCE) return failure(TEXTS.clock);
	const timestamp = Math.floor(site.portal.clock.now() / 1000);
	const lines = ['success', COOKIE_NAME, session.id, `sessid=${session.sessid}`, `timestamp=${timestamp}`];
	return lines
		.slice(0, checkauthLines)
		.map((line) => `${line}\n`)
		.join('');
};

const progressOf = ({ session, site }: ExchangeCall, kind: Kind): CatalogProgress =>
	session.data[kind] ?? freshProgress(site.settings.zip);

const init =
	(kind: Kind): ExchangeMode =>
	({ site, session }) => {
		const { zip, fileLimit } = site.settings;
		site.goodsFiles.empty();
		session.data[kind] = freshProgress(zip);
		return `zip=${zip ? 'yes' : 'no'}\nfile_limit=${fileLimit}`;
	};

/** Appends: who sends a part twice has it twice. */
const file =
	(kind: Kind): ExchangeMode =>
	(call) => {
		const { site, session, body } = call;
		const path = uploadPath(parameter(call, 'filename'));
		if (path === undefined) return failure(TEXTS.command);
		if (body.length === 0) return failure(TEXTS.noBody);
		site.countUpload(body.length);
		site.goodsFiles.append(path, body);
		const progress = progressOf(call, kind);
		session.data[kind] = { ...progress, zipFile: progress.zip ? path : null };
		return success();
	};

const importMode =
	(kind: Kind): ExchangeMode =>
	async (call) => {
		const { site, session } = call;
		const path = uploadPath(parameter(call, 'filename'));
		if (path === undefined) return failure(TEXTS.command);
		if (site.settings.stepMilliseconds > 0) await wait(site.settings.stepMilliseconds);
		const { next, answer } = importStep(
			site,
			progressOf(call, kind),
			path,
			kind === 'catalog' ? CATALOG_STEPS : DIRECTORY_STEPS,
		);
		session.data[kind] = next;
		return answer;
	};

const deactivate: ExchangeMode = (call) => {
	const timestamp = Number.parseInt(parameter(call, 'timestamp'), 10);
	if (!(timestamp > 0)) return failure(TEXTS.timestamp);
	const count = deactivateUntouched(call.site, timestamp * 1000);
	return success(`Деактивировано: ${count}.`);
};

const exchange = (kind: Kind): Readonly<Record<string, ExchangeMode>> => ({
	checkauth,
	init: init(kind),
	file: file(kind),
	import: importMode(kind),
});

/** The modes of goods. */
export const catalogModes: Readonly<Record<string, ExchangeMode>> = {
	...exchange('catalog'),
	deactivate,
	complete: () => success('Выгрузка завершена.'),
};

/** The modes of directories. */
export const referenceModes = exchange('reference');
