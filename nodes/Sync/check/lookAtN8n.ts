import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { certificateFault, checkFinding, checkN8n, hostOfUrl, readMetrics, readTables, SyncError, USUAL_TABLE_LIMIT, type CheckFinding, type CheckReport, type N8nSeen } from '../../../core';
import { bodyText, lostAnswer, type HttpRequest, type HttpResponse } from '../../../transport';
import { publicBaseUrlAt } from '../../MoySklad/webhooks/manager/place';
import { stopSignal } from '../../shared/context';
import { egressFilter } from '../../shared/egress';
import { fetchSend } from '../../shared/fetchSend';
import { webhookBase } from '../../shared/webhooks/webhookBase';
import { lookedAt, NOTHING_SEEN } from './attempts';

const PATIENCE = 10_000;

export const egressOption: INodeProperties = {
	displayName: 'Service That Tells the Caller’s Address',
	name: 'egressService',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://ip.example.com',
	description: 'Answers with the IP address of whoever calls it, as plain text. The address is what firewalls and allow-lists on the other side have to let in. Neither MoySklad nor Bitrix tells it: without a service, your hosting company does.',
};

/** What n8n does not tell its nodes, and somebody may enter or let an expression fill in. */
export const n8nProperty: INodeProperties = {
	displayName: 'About This N8n',
	name: 'n8n',
	type: 'collection',
	placeholder: 'Add what you know',
	default: {},
	description: 'What n8n does not tell its nodes: its version, its mode, its tables. What is not entered here is not looked at.',
	options: [
		{
			displayName: 'Address of the Metrics',
			name: 'metrics',
			type: 'string',
			default: '',
			placeholder: 'e.g. http://localhost:5678/metrics',
			description: 'With N8N_METRICS=true n8n tells its version there, and whether it runs in queue mode if N8N_METRICS_INCLUDE_QUEUE_METRICS is on as well',
		},
		{
			displayName: 'Concurrency Limit',
			name: 'concurrencyLimit',
			type: 'number',
			default: -1,
			description: 'N8N_CONCURRENCY_PRODUCTION_LIMIT, if it is set',
		},
		{
			displayName: 'Data Table Limit (MB)',
			name: 'tableLimit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 200,
			description: 'What all Data Tables together may take: N8N_DATA_TABLES_MAX_SIZE_BYTES, if it is set',
		},
		{
			displayName: 'Inbox',
			name: 'inbox',
			type: 'options',
			options: [
				{ name: 'Data Table', value: 'dataTable', description: 'Templates 10 and 11' },
				{ name: 'None', value: 'none', description: 'Flows run straight from the trigger' },
				{ name: 'PostgreSQL', value: 'postgresql', description: 'Templates 10b and 11b' },
			],
			default: 'dataTable',
		},
		{
			displayName: 'Queue Mode',
			name: 'queueMode',
			type: 'boolean',
			default: false,
			description: 'Whether executions run in workers (EXECUTIONS_MODE=queue)',
		},
		{
			displayName: 'Tables',
			name: 'tables',
			type: 'json',
			default: '[]',
			description: 'The Data Tables as the Data Table node lists them, in an expression. Add <code>bytes</code> or <code>rows</code> to each where you know them: n8n shows the size on its page of Data Tables, and tells workflows only the names.',
		},
		{
			displayName: 'Version',
			name: 'version',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2.41.1',
			description: 'As n8n shows it under Help, About n8n',
		},
	],
};

interface Entered {
	metrics?: string;
	concurrencyLimit?: number;
	tableLimit?: number;
	inbox?: Exclude<N8nSeen['inbox'], null>;
	queueMode?: boolean;
	tables?: unknown;
	version?: string;
}

/** This n8n: its public addresses and their certificates, from where it calls, its version and mode, its tables. */
export async function lookAtN8n(context: IExecuteFunctions, egressService: string): Promise<CheckReport> {
	return await lookedAt('n8n', async (attempt) => {
		const base = webhookBase(context);
		const origins = certified([base, publicBaseUrlAt(context, 0), String(context.getNodeParameter('triggerUrl', 0, ''))]);
		const egress = egressService.trim() === '' ? undefined : await tried(context, egressService.trim());
		const callsFrom = egress === undefined || egress instanceof Error ? null : (addressIn(bodyText(egress)) ?? null);
		const unknown = egress !== undefined && callsFrom === null;
		const { findings, facts, looked } = await attempt(NOTHING_SEEN, async () => await insideOf(context));
		return {
			findings: [
				...(await certificates(context, origins)),
				...(unknown ? [checkFinding('n8n', 'warning', 'CHECK_EGRESS_UNKNOWN', { host: hostOfUrl(egressService) })] : []),
				...findings,
			],
			facts: [
				...facts,
				{ area: 'n8n', what: 'address', value: hostOfUrl(base) },
				{ area: 'n8n', what: 'timeZone', value: context.getTimezone() },
				{ area: 'n8n', what: 'callsFrom', value: callsFrom },
			],
			looked: [...looked, ...(origins.length > 0 ? (['address'] as const) : [])],
		};
	});
}

async function insideOf(context: IExecuteFunctions): Promise<CheckReport> {
	const { metrics = '', concurrencyLimit = null, tableLimit, inbox = null, queueMode = null, tables, version = '' } = context.getNodeParameter('n8n', 0, {}) as Entered;
	const answer = metrics.trim() === '' ? undefined : await tried(context, metrics.trim());
	const told = answer === undefined || answer instanceof Error ? undefined : readMetrics(bodyText(answer));
	const listed = tables === undefined || tables === '' ? null : readTables(typeof tables === 'string' ? parsed(tables) : tables);
	const { findings, ...seen } = checkN8n({
		version: version.trim() || (told?.version ?? null),
		queueMode: queueMode ?? told?.queueMode ?? null,
		inbox,
		concurrencyLimit,
		tables: listed ?? null,
		tableLimit: tableLimit === undefined ? USUAL_TABLE_LIMIT : tableLimit * 1024 * 1024,
	});
	return {
		...seen,
		findings: [
			...(answer !== undefined && told === undefined ? [checkFinding('n8n', 'warning', 'CHECK_METRICS_UNREAD', { host: hostOfUrl(metrics.trim()) })] : []),
			...(listed === undefined ? [checkFinding('n8n', 'warning', 'CHECK_TABLES_UNREAD')] : []),
			...findings,
		],
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The servers of addresses that have a certificate, each once. */
const certified = (urls: readonly string[]): string[] => [...new Set(urls.flatMap((url) => (/^https:/i.test(url) && URL.canParse(url) ? [new URL(url).origin] : [])))];

/** Whatever else is answered there: only what is wrong with the certificate is told. */
async function certificates(context: IExecuteFunctions, origins: readonly string[]): Promise<CheckFinding[]> {
	const findings: CheckFinding[] = [];
	for (const origin of origins) {
		const answer = await tried(context, origin);
		if (!(answer instanceof SyncError) || answer.code !== 'CONNECTION_TLS') continue;
		const reason = String(answer.details.reason);
		findings.push(checkFinding('address', 'error', certificateFault(reason), { host: hostOfUrl(origin), reason }));
	}
	return findings;
}

async function tried(context: IExecuteFunctions, url: string): Promise<HttpResponse | SyncError> {
	const request: HttpRequest = { method: 'GET', url, headers: {}, timeoutMilliseconds: PATIENCE, maxBytes: 1_048_576, authorize: false, signal: stopSignal(context) };
	try {
		return await fetchSend({}, egressFilter(context))(request);
	} catch (error) {
		return lostAnswer(error, 'the address itself', request);
	}
}

/** An IPv4 or IPv6 address, and nothing else. */
const addressIn = (text: string): string | undefined => /^[0-9a-f.:]{3,45}$/i.exec(text.trim())?.[0];
