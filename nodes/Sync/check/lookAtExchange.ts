import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { checkFinding, type CheckReport } from '../../../core';
import { ExchangeSession } from '../../../transport';
import { siteOf, withExchange } from '../../shared/bitrixExchange';
import { lookedAt } from './attempts';
import { plainHttp } from './plainHttp';

/** What web servers take without being told to. */
const USUAL_BYTES = 200_000;

const KINDS = ['catalog', 'sale'] as const;

export const exchangeTermsOption: INodeProperties = {
	displayName: 'Ask the Exchange for Its Limits',
	name: 'exchangeTerms',
	type: 'boolean',
	default: false,
	description: 'Whether to begin an exchange for a moment, since only then the site tells the size that it takes. Only while no other exchange with the site runs: the site would forget it.',
};

/** Logs in to both exchanges of the site, and with `terms` asks what they take; nothing is sent and nothing is taken. */
export async function lookAtExchange(context: IExecuteFunctions, terms: boolean): Promise<CheckReport> {
	return await lookedAt('exchange', async (attempt) => {
		const site = await siteOf(context);
		const limits = new Map<string, number>();
		for (const kind of KINDS)
			await attempt(undefined, async () => await withExchange(context, { onlyProcess: true, waitMilliseconds: 0 }, async (connection) => {
				const session = await opened(connection, kind);
				if (terms) limits.set(kind, (await session.begin()).fileLimit);
			}));
		const bytes = limits.get('catalog') ?? USUAL_BYTES;
		return {
			findings: [...plainHttp('exchange', site.url), ...(bytes < USUAL_BYTES ? [checkFinding('exchange', 'warning', 'CHECK_EXCHANGE_LIMIT', { bytes })] : [])],
			facts: [{ area: 'exchange', what: 'host', value: site.host }, ...[...limits].map(([kind, value]) => ({ area: 'exchange' as const, what: `${kind} upload bytes`, value }))],
			looked: ['exchange'],
		};
	});
}

const opened = async (connection: Parameters<typeof ExchangeSession.open>[0], kind: (typeof KINDS)[number]): Promise<ExchangeSession> =>
	kind === 'sale' ? await ExchangeSession.open(connection, kind, '2.08') : await ExchangeSession.open(connection, kind);
