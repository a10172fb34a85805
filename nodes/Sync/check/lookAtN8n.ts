import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { checkFinding, hostOfUrl, isLocal, type CheckReport } from '../../../core';
import { bodyText, lostAnswer, type HttpRequest, type HttpResponse } from '../../../transport';
import { stopSignal } from '../../shared/context';
import { egressFilter } from '../../shared/egress';
import { fetchSend } from '../../shared/fetchSend';

const PATIENCE = 10_000;

/** Words of OpenSSL for chains that are not whole, or that nobody trusts. */
const CERTIFICATE = /certificate|self.signed|UNABLE_TO_|CERT_|ERR_TLS/i;

export const egressOption: INodeProperties = {
	displayName: 'Service That Tells the Caller’s Address',
	name: 'egressService',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://ip.example.com',
	description: 'Answers with the IP address of whoever calls it, as plain text. The address is what firewalls and allow-lists on the other side have to let in.',
};

/** The public address of this n8n: its certificate, and from where it calls. */
export async function lookAtN8n(context: IExecuteFunctions, egressService: string): Promise<CheckReport> {
	const base = context.getInstanceBaseUrl();
	const answer = isLocal(base) ? undefined : await tried(context, base);
	const reason = answer instanceof Error ? answer.message : '';
	const untrusted = CERTIFICATE.test(reason) ? [checkFinding('address', 'error', 'CHECK_CERTIFICATE', { host: hostOfUrl(base), reason })] : [];
	const egress = egressService.trim() === '' ? undefined : await tried(context, egressService.trim());
	const seen = egress === undefined || egress instanceof Error ? undefined : addressIn(bodyText(egress));
	const unknown = egress !== undefined && seen === undefined;
	return {
		findings: [...untrusted, ...(unknown ? [checkFinding('n8n', 'warning', 'CHECK_EGRESS_UNKNOWN', { host: hostOfUrl(egressService) })] : [])],
		facts: [
			{ area: 'n8n', what: 'address', value: hostOfUrl(base) },
			{ area: 'n8n', what: 'timeZone', value: context.getTimezone() },
			...(seen === undefined ? [] : [{ area: 'n8n' as const, what: 'callsFrom', value: seen }]),
		],
	};
}

async function tried(context: IExecuteFunctions, url: string): Promise<HttpResponse | Error> {
	const request: HttpRequest = { method: 'GET', url, headers: {}, timeoutMilliseconds: PATIENCE, maxBytes: 65_536, authorize: false, signal: stopSignal(context) };
	try {
		return await fetchSend({}, egressFilter(context))(request);
	} catch (error) {
		return lostAnswer(error, 'the address itself', request);
	}
}

/** An IPv4 or IPv6 address, and nothing else. */
const addressIn = (text: string): string | undefined => /^[0-9a-f.:]{3,45}$/i.exec(text.trim())?.[0];
