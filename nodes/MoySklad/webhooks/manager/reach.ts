import type { IExecuteFunctions } from 'n8n-workflow';
import { finding, hostOfUrl, readAddress, receiverPrefix, type WebhookFinding } from '../../../../core';
import { bodyJson, lostAnswer, type HttpRequest, type HttpResponse } from '../../../../transport';
import { stopSignal } from '../../../shared/context';
import { egressFilter } from '../../../shared/egress';
import { fetchSend } from '../../../shared/fetchSend';

/** Longer than MoySklad waits, since one slow answer is no lasting trouble. */
const PATIENCE = 10_000;

/** Triggers that are asked at most. */
const MOST_ASKED = 10;

/** An empty notification: a trigger accepts it and starts nothing. */
const EMPTY = JSON.stringify({ events: [] });

/**
 * Asks the triggers behind addresses, each once, whether they would take what MoySklad sends there, and gives a finding for each
 * that does not. The whole way is tried: name, certificate, proxy, published workflow, check string.
 */
export async function unreachable(context: IExecuteFunctions, urls: readonly string[]): Promise<WebhookFinding[]> {
	const byTrigger = new Map(urls.flatMap((url) => withTrigger(url)));
	const asked = [...byTrigger.values()].slice(0, MOST_ASKED);
	const reasons = await Promise.all(asked.map(async (url) => ({ url, reason: await refusalOf(context, url) })));
	return reasons.flatMap(({ url, reason }) => {
		const host = hostOfUrl(url);
		const about = { level: 'error', cure: null, key: host, webhook: null, slots: null } as const;
		return reason === undefined ? [] : [finding('WEBHOOK_UNREACHABLE', { host, reason }, about)];
	});
}

function withTrigger(url: string): Array<[string, string]> {
	const address = readAddress(url);
	return address ? [[receiverPrefix(address), url]] : [];
}

/** Why a trigger does not take a notification; undefined when it does. */
async function refusalOf(context: IExecuteFunctions, url: string): Promise<string | undefined> {
	const request: HttpRequest = {
		method: 'POST',
		url,
		headers: { 'content-type': 'application/json' },
		body: EMPTY,
		timeoutMilliseconds: PATIENCE,
		authorize: false,
		signal: stopSignal(context),
	};
	try {
		const answer = await fetchSend({}, egressFilter(context))(request);
		return answer.status === 200 || answer.status === 204 ? undefined : refusalText(answer);
	} catch (error) {
		return lostAnswer(error, 'an empty notification', request).message;
	}
}

/** The status, and the code if it is the trigger itself that refuses. */
function refusalText(answer: HttpResponse): string {
	const { code } = (bodyJson(answer) ?? {}) as { code?: unknown };
	const own = typeof code === 'string' && code.startsWith('WEBHOOK_') ? ` ${code}` : '';
	return `HTTP ${answer.status}${own}`;
}
