import { wait } from '../../kernel/clock.cts';
import { failure, success, TEXTS, textAnswer, xmlAnswer } from './answers.cts';
import { parameter, type ExchangeCall, type ExchangeMode } from './call.cts';
import { uploadPath } from './fileNames.cts';
import { exportOrders } from './sale/exportOrders.cts';
import { importOrders, type ImportResult } from './sale/importOrders.cts';
import { shopInfo } from './sale/info.cts';
import { freshSaleProgress, type SaleProgress } from './sale/progress.cts';
import { COOKIE_NAME } from './sessions.cts';

/** What `init` says of itself whatever version it was asked for. */
const OWN_VERSION = '2.09';

const progressOf = ({ session, site }: ExchangeCall): SaleProgress =>
	session.data.sale ?? freshSaleProgress(site.settings.zip);

const checkauth: ExchangeMode = ({ site, session }) => {
	site.exportMark.loggedIn(session.id);
	const lines = ['success', COOKIE_NAME, session.id, `sessid=${session.sessid}`];
	return lines.map((line) => `${line}\n`).join('');
};

const init: ExchangeMode = (call) => {
	const { site, session } = call;
	const { zip, fileLimit } = site.settings;
	const version = site.settings.orderVersions ? parameter(call, 'version') : '';
	site.orderFiles.empty();
	session.data.sale = freshSaleProgress(zip, version, Number.parseFloat(parameter(call, 'cmlVersion')) || 0);
	const own = version === '' ? '' : `sessid=${session.sessid}\nversion=${OWN_VERSION}`;
	return `zip=${zip ? 'yes' : 'no'}\nfile_limit=${fileLimit}\n${own}`;
};

const query: ExchangeMode = (call) => {
	const { xml, next } = exportOrders(call.site, progressOf(call));
	call.session.data.sale = next;
	return xmlAnswer(xml);
};

/** Only the session of the last login may confirm what was given out. */
const confirm: ExchangeMode = (call) => {
	const { site, session } = call;
	if (!site.exportMark.mayConfirm(session.id)) return 'error\n';
	site.exportMark.confirm();
	session.data.sale = { ...progressOf(call), lastOutput: null };
	return success();
};

/** Without a version the file is imported at once, as far as it came; with one it is only kept. */
const file: ExchangeMode = (call) => {
	const { site, session, body } = call;
	const path = uploadPath(parameter(call, 'filename'));
	if (path === undefined) return textAnswer(site.settings.charset, '');
	if (body.length === 0) return failure(TEXTS.emptyFile);
	site.countUpload(body.length);
	site.orderFiles.append(path, body);
	const progress = progressOf(call);
	session.data.sale = { ...progress, zipFile: progress.zip ? path : null, position: 0 };
	if (progress.version !== '') return success();
	const { warnings } = importOrders(site, session.data.sale, path, Infinity);
	return success(warnings.map((warning) => `${warning}\n`).join(''));
};

const importMode: ExchangeMode = async (call) => {
	const { site, session } = call;
	const path = uploadPath(parameter(call, 'filename'));
	if (path === undefined) return failure(TEXTS.command);
	if (site.settings.stepMilliseconds > 0) await wait(site.settings.stepMilliseconds);
	const progress = progressOf(call);
	if (progress.zip && progress.zipFile !== null) {
		// What is no archive counts as unpacked.
		site.orderFiles.unpack(progress.zipFile);
		session.data.sale = { ...progress, zip: false, zipFile: null };
		return 'progress\n';
	}
	if ((site.orderFiles.read(path)?.length ?? 0) === 0) return failure(TEXTS.emptyFile);
	const result = importOrders(site, progress, path, site.settings.orderRows);
	site.stepDone('orders');
	session.data.sale = { ...progress, position: result.position };
	return importAnswer(result);
};

/** Problems of single orders follow the word, in the same body. */
const importAnswer = ({ done, warnings }: ImportResult): string =>
	`${done ? 'success' : 'progress'}${warnings.map((warning) => `\n${warning}`).join('')}\n`;

/** The modes of orders. */
export const saleModes: Readonly<Record<string, ExchangeMode>> = {
	checkauth,
	init,
	query,
	success: confirm,
	file,
	import: importMode,
	info: ({ site }) => xmlAnswer(shopInfo(site.portal)),
};
