import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { checkChoices, checkFinding, checkPage, expiryFindings, joinReports, type CheckArea, type CheckReport } from '../../../core';
import { readPage } from '../../../transport';
import { systemClock } from '../../shared/clock';
import { publicBaseUrlOption } from '../../MoySklad/webhooks/manager/place';
import { moySkladClient } from '../../shared/moySklad';
import type { BulkOperation } from '../../shared/operation';
import { optionsProperty } from '../../shared/properties';
import { attempts, lookedAt, NOTHING_SEEN } from './attempts';
import { choiceProperties, choicesOf, keptPairsOption } from './choices';
import { flowsOf, flowsProperty } from './flows';
import { readLiveLists } from './liveLists';
import { lookAtBitrix, type OtherSide } from './lookAtBitrix';
import { exchangeTermsOption, lookAtExchange } from './lookAtExchange';
import { lookAtMoySklad } from './lookAtMoySklad';
import { egressOption, lookAtN8n, n8nProperty } from './lookAtN8n';
import { lookAtWebhooks, webhookProperties } from './lookAtWebhooks';
import { partsOf, type Part } from './parts';

const endOption = (displayName: string, name: string, description: string): INodeProperties => ({ displayName, name, type: 'dateTime', default: '', description });

/** Neither platform tells it. */
const expiryOptions = [
	endOption('Access to Bitrix Ends On', 'bitrixEnds', 'The date that was given to the webhook or application. Bitrix does not tell it over REST; Sync Check warns 30 days before.'),
	endOption('Access to MoySklad Ends On', 'moySkladEnds', 'The day until which the token or the paid tariff is good. MoySklad does not tell it; Sync Check warns 30 days before.'),
];

const formatField: INodeProperties = {
	displayName: 'Output',
	name: 'checkFormat',
	type: 'options',
	options: [
		{ name: 'One Item per Finding', value: 'findings' },
		{ name: 'One Item per Finding and Fact', value: 'facts', description: 'Also what was seen and is neither good nor bad: versions, modes, limits, addresses' },
		{ name: 'Summary', value: 'summary', description: 'One item with all findings, what was seen, and a page for people' },
	],
	default: 'findings',
	description: 'The form in which the findings leave the node',
};

export const runAll: BulkOperation = {
	value: 'runAll',
	name: 'Run All Checks',
	action: 'Run all checks',
	description: 'All that keeps the flows from working or may do so, at once: access, rights, webhooks, addresses, catalog, choices, clocks and limits. Changes nothing.',
	properties: [flowsProperty, ...webhookProperties, ...choiceProperties, n8nProperty, formatField, optionsProperty([...expiryOptions, exchangeTermsOption, keptPairsOption, publicBaseUrlOption, egressOption])],
	async all() {
		const parts = partsOf(this);
		const report = joinReports(await reports(this, parts));
		const ready = report.findings.every(({ severity }) => severity !== 'error');
		const found = report.findings.map((finding) => ({ ...finding }));
		const jsons: Record<string, () => IDataObject[]> = {
			facts: () => [...found, ...report.facts.map(({ area, what, value }) => ({ ...checkFinding(area, 'info', 'CHECK_SEEN', { what, value: String(value ?? 'not known') }), what, value }))],
			summary: () => [{ ready, findings: found, facts: report.facts.map((fact) => ({ ...fact })), html: checkPage(report, areasOf(parts)) }],
		};
		const items = jsons[String(this.getNodeParameter('checkFormat', 0))]?.() ?? found;
		return [items.map((json) => ({ json, pairedItem: { item: 0 } }))];
	},
};

interface Options {
	moySkladEnds?: string;
	bitrixEnds?: string;
	exchangeTerms?: boolean;
	egressService?: string;
}

async function reports(context: IExecuteFunctions, parts: ReadonlySet<Part>): Promise<CheckReport[]> {
	const { exchangeTerms = false, egressService = '', moySkladEnds = '', bitrixEnds = '' } = context.getNodeParameter('options', 0, {}) as Options;
	const flows = flowsOf(context);
	const now = systemClock.now();
	const ends = [...expiryFindings('moySklad', 'MoySklad', moySkladEnds, now), ...expiryFindings('bitrix', 'Bitrix', bitrixEnds, now)];
	return [
		{ ...NOTHING_SEEN, findings: ends },
		...(parts.has('moySklad') ? [await lookAtMoySklad(context, flows), await lookAtWebhooks(context)] : []),
		...(parts.has('bitrix') ? [await lookAtBitrix(context, await otherSide(context, parts), flows)] : []),
		...(parts.has('exchange') ? [await lookAtExchange(context, exchangeTerms)] : []),
		await lookAtChoices(context, parts),
		await lookAtN8n(context, egressService),
	];
}

/** Why a list could not be read is said where its side is looked at. */
async function lookAtChoices(context: IExecuteFunctions, parts: ReadonlySet<Part>): Promise<CheckReport> {
	return await lookedAt('choices', async () => {
		const { entries, read } = await readLiveLists(context, parts);
		return { findings: checkChoices(choicesOf(context, 0), entries, read), facts: [], looked: read.size > 0 ? ['choices'] : [] };
	});
}

/** Why it cannot be seen is a finding of MoySklad's own part. */
async function otherSide(context: IExecuteFunctions, parts: ReadonlySet<Part>): Promise<OtherSide> {
	if (!parts.has('moySklad')) return { client: undefined, hasVariants: null };
	const { attempt } = attempts('moySklad');
	const client = await attempt(undefined, async () => await moySkladClient(context));
	return { client, hasVariants: client ? await attempt(null, async () => (await readPage(client, 'entity/variant', { limit: 1 })).size > 0) : null };
}

const areasOf = (parts: ReadonlySet<Part>): CheckArea[] => [
	...(parts.has('moySklad') ? (['moySklad', 'webhooks'] as const) : []),
	'address',
	...(parts.has('bitrix') ? (['bitrix'] as const) : []),
	...(parts.has('exchange') ? (['exchange'] as const) : []),
	'choices',
	'n8n',
];
