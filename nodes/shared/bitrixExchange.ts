import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { exchangeAddress, SyncError, type ExchangeAddress } from '../../core';
import { EXCHANGE_TIMEOUT, ExchangeHold, ProcessLock, sharedLimiter, Shelf, systemCode, type ExchangeConnection, type ExchangeLock, type OrderQuery, type Send } from '../../transport';
import { systemClock } from './clock';
import { stopSignal, type CallingContext } from './context';
import { workflowLock } from './exchangeLock';
import { extraHeaders, type ExtraHeaders } from './extraHeaders';
import { n8nSend } from './n8nSend';
import { countedSend } from './runCalls';

export const BITRIX_EXCHANGE_CREDENTIAL = 'bitrix1cExchangeApi';

/** What the credential *Bitrix 1C Exchange* holds. */
export interface BitrixExchangeCredential {
	siteAddress: string;
	path?: string;
	login: string;
	password: string;
	extraHeaders?: ExtraHeaders;
}

/** How a run keeps others away from the site, and how it calls it. */
export interface ExchangeSettings {
	/** Id of the workflow that keeps the lock of all processes. */
	lockWorkflow?: string;
	/** The user states that no other process exchanges with the site. */
	onlyProcess: boolean;
	/** How long to wait while another run exchanges with the site. */
	waitMilliseconds?: number;
	timeoutMilliseconds?: number;
	partBytes?: number;
}

/** A run that is longer in the queue than its schedule's interval only makes the queue longer. */
const USUAL_WAIT = 10 * 60_000;

const clock = systemClock;

const processLock = (): ProcessLock => sharedLimiter('bitrix exchange lock', () => new ProcessLock(clock));

/** What one node of an execution left for a later one: the orders it read, and the right to exchange with the site. */
export interface OpenQuery {
	query: OrderQuery;
	hold: ExchangeHold;
}

export const openQueries = (): Shelf<OpenQuery> => sharedLimiter('bitrix exchange queries', () => new Shelf<OpenQuery>(clock));

/** By which nodes of one execution find what belongs to the same site. */
export async function exchangeKey(context: IExecuteFunctions): Promise<string> {
	const { url } = await siteOf(context);
	return `${url} ${ownerOf(context)}`;
}

/** Takes the right to exchange with the site of the node's credential. Whoever opens it gives `hold` back. */
export async function openExchange(context: IExecuteFunctions, settings: ExchangeSettings): Promise<ExchangeConnection> {
	const { lockWorkflow, onlyProcess, waitMilliseconds = USUAL_WAIT, timeoutMilliseconds = EXCHANGE_TIMEOUT, partBytes } = settings;
	const address = await siteOf(context);
	const lock = lockWorkflow === undefined ? undefined : workflowLock(context, lockWorkflow);
	const hold = await takeHold(context, address, { lock, onlyProcess, waitMilliseconds, requestMilliseconds: timeoutMilliseconds });
	return { ...(await connectionTo(context, address)), hold, timeoutMilliseconds, partBytes };
}

/** Does `work` with the right to exchange with the site. */
export async function withExchange<T>(context: IExecuteFunctions, settings: ExchangeSettings, work: (connection: ExchangeConnection) => Promise<T>): Promise<T> {
	const connection = await openExchange(context, settings);
	try {
		return await work(connection);
	} finally {
		await connection.hold.release();
	}
}

/** The same for a live list: it does not wait, and only looks at the runs of its own process. */
export async function withExchangeForList<T>(context: ILoadOptionsFunctions, work: (connection: ExchangeConnection) => Promise<T>): Promise<T> {
	const address = await siteOf(context);
	const hold = await takeHold(context, address, { onlyProcess: true, waitMilliseconds: 0, requestMilliseconds: LIST_TIMEOUT });
	try {
		return await work({ ...(await connectionTo(context, address)), hold, timeoutMilliseconds: LIST_TIMEOUT });
	} finally {
		await hold.release();
	}
}

/** Somebody sits in front of a list and waits. */
const LIST_TIMEOUT = 60_000;

interface Holding {
	lock?: ExchangeLock;
	onlyProcess: boolean;
	waitMilliseconds: number;
	requestMilliseconds: number;
}

async function takeHold(context: CallingContext, { site }: ExchangeAddress, holding: Holding): Promise<ExchangeHold> {
	return await ExchangeHold.take({ ...holding, site, owner: ownerOf(context), process: processLock(), clock, signal: stopSignal(context) });
}

async function connectionTo(context: CallingContext, address: ExchangeAddress): Promise<Omit<ExchangeConnection, 'hold'>> {
	const credential = await context.getCredentials<BitrixExchangeCredential>(BITRIX_EXCHANGE_CREDENTIAL);
	return { send: countedSend(context, discreet(n8nSend(context, BITRIX_EXCHANGE_CREDENTIAL))), clock, address, redact: redacting(credential), signal: stopSignal(context) };
}

/** n8n's errors carry the request with all its headers, the login among them: nothing but the code of the system is left of them. */
function discreet(send: Send): Send {
	return async (request) => {
		try {
			return await send(request);
		} catch (error) {
			throw bare(error);
		}
	};
}

function bare(error: unknown): Error {
	if (error instanceof SyncError) return error;
	return Object.assign(new Error('The request was not answered'), { code: systemCode(error) });
}

/** The site of the node's credential. */
export async function siteOf(context: CallingContext): Promise<ExchangeAddress> {
	return addressIn(await context.getCredentials<BitrixExchangeCredential>(BITRIX_EXCHANGE_CREDENTIAL));
}

export const addressIn = ({ siteAddress, path }: BitrixExchangeCredential): ExchangeAddress => exchangeAddress(siteAddress ?? '', path ?? '');

/**
 * The headers of a call: those that a firewall wants, and the login where a session is to begin. Calls of a session carry
 * its cookie; with the login as well, a site that has forgotten the session would begin a new one without a word.
 */
export function exchangeHeaders(credential: BitrixExchangeCredential, present: Record<string, unknown> = {}): Record<string, string> {
	const basic = Buffer.from(`${credential.login ?? ''}:${credential.password ?? ''}`).toString('base64');
	return { ...extraHeaders(credential.extraHeaders), ...('cookie' in present ? {} : { authorization: `Basic ${basic}` }) };
}

/** The execution; where there is none, as in lists, each call is a run of its own. */
const ownerOf = (context: CallingContext): string => context.getExecutionId?.() || `list ${String(++lists)}`;

let lists = 0;

/** Shorter ones are in too many words. */
const SHORTEST_SECRET = 4;

function redacting({ login, password }: BitrixExchangeCredential): (text: string) => string {
	const secrets = [password, login].filter((secret) => (secret ?? '').length >= SHORTEST_SECRET);
	return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
