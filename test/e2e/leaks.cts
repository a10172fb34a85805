import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Installation } from '../demo/installation.cts';

/** The secrets that the credentials of an installation hold, by what they are; each is long enough to be found by chance nowhere. */
export function secretsOf({ moySklad, bitrix, exchangeStore, credentials }: Installation): Map<string, string> {
	if (credentials.length === 0) throw new RangeError('There are no credentials');
	const [webhook] = moySklad.account.table('webhook').all();
	return new Map([
		['the check string', new URL(String(webhook?.url)).searchParams.get('check') as string],
		['the token of MoySklad', moySklad.users.integration.token],
		['the secret of the REST webhook', new URL(bitrix.webhookUrl).pathname.split('/').filter(Boolean).at(-1) as string],
		['the password of the exchange', exchangeStore.exchange.password],
	]);
}

/** Phones of people that went through the flows. */
export const phonesIn = ({ moySklad }: Installation): string[] =>
	moySklad.account.table('counterparty').all().flatMap(({ phone }) => (typeof phone === 'string' && phone !== '' ? [phone] : []));

/** What n8n wrote about its work: its output and the logs of its events. */
export const logsOf = (installation: Installation): string =>
	[installation.n8n.log(), ...files(installation.n8n.userFolder).filter((file) => file.endsWith('.log')).map((file) => readFileSync(file, 'latin1'))].join('\n');

/** Tables that have to say who somebody is: people decide about him there. */
const OF_PEOPLE = ['msbx_reviews'];

/** All rows of the tables of the templates, but for those about people; the journal must have been told something. */
export async function tablesText({ api }: Installation): Promise<string> {
	const tables = (await api.dataTables.list()).filter(({ name }) => name.startsWith('msbx_') && !OF_PEOPLE.includes(name));
	const texts = await Promise.all(tables.map(async ({ id, name }) => ({ name, rows: await api.dataTables.all(id) })));
	if (!texts.some(({ name, rows }) => name === 'msbx_journal' && rows.length > 0)) throw new RangeError('The journal is empty');
	return JSON.stringify(texts);
}

/** All that n8n keeps: every item and error of every execution, the tables of the templates, static data, logs. */
export const keptBy = (installation: Installation): string => [logsOf(installation), ...files(installation.n8n.userFolder).map((file) => readFileSync(file, 'latin1'))].join('\n');

/** All files but the installed packages; text in other alphabets than the Latin one is not to be recognised in them. */
function files(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const file = path.join(folder, name);
		if (statSync(file).isDirectory()) return name === 'nodes' ? [] : files(file);
		return [file];
	});
}
