import { SyncError, type ErrorCode, type ErrorDetails } from '../errors';
import { groupBy } from '../model/grouping';
import { subjectOf, type RegisteredWebhook, type Webhook } from '../moysklad/webhook';
import { markedStop } from '../moysklad/webhookStop';
import { addressText, hostOfUrl, isLocal, LONGEST_URL, readAddress } from '../moysklad/webhookUrl';
import { viewWebhooks, type OwnPlace, type WebhookView } from '../moysklad/webhookView';
import type { Warning } from './result';
import { planWebhooks, type OwnUrl } from './webhookPlan';
import { slotsFull, slotUse, type SlotUse } from './webhookSlots';

/** Errors keep events from arriving; warnings may; the rest is worth knowing. */
export type FindingLevel = 'error' | 'warning' | 'info';

/** The operation of *MoySklad Webhook Manager* that puts it right; null when it takes a person. */
export type Cure = 'ensure' | 'update' | 'rotate' | 'move' | 'resume' | null;

/** Something about the webhooks of an account that its people should know. */
export interface WebhookFinding extends Warning {
	level: FindingLevel;
	cure: Cure;
	/** Which changes it concerns ("customerorder UPDATE"), or which host. */
	key: string;
	webhook: WebhookView | null;
	/** Places in use for the subject; null when it concerns no subject. */
	slots: SlotUse | null;
}

/** The webhooks of an account, and what they are compared with. */
export interface AuditSubject {
	present: readonly RegisteredWebhook[];
	/** Of the trigger; null when no trigger was named. */
	address: string | null;
	/** The webhooks that should be there, at that address. */
	expected: readonly Webhook[];
	own: OwnPlace;
	/** Tells the addresses of the trigger that the expected ones lead to. */
	isOwn: OwnUrl;
	/** Of the credential; empty when there is none. */
	checkString: string;
	previousCheckString: string;
	/** MoySklad is a simulator on this machine, so local addresses are right. */
	local: boolean;
}

/** All findings: what is missing, then what is wrong with each webhook, then with the addresses. */
export function auditWebhooks(subject: AuditSubject): WebhookFinding[] {
	const { present, own } = subject;
	const byId = new Map(present.map((webhook) => [webhook.id, webhook]));
	return [
		...missing(subject),
		...viewWebhooks(present, own).flatMap((view) => oneWebhook(byId.get(view.id) as RegisteredWebhook, view, subject)),
		...auditAddresses(subject),
	];
}

/** The findings that keep events from arriving. */
export const isHealthy = (findings: readonly WebhookFinding[]): boolean => findings.every(({ level }) => level !== 'error');

function missing({ expected, present, isOwn }: AuditSubject): WebhookFinding[] {
	return planWebhooks(expected, present, isOwn)
		.tasks.filter(({ found }) => !found)
		.flatMap(({ wanted }) => {
			const slots = slotUse(wanted, present);
			const about = { level: 'error', key: subjectOf(wanted), webhook: null, slots } as const;
			const gone = finding('WEBHOOK_MISSING', { subject: subjectOf(wanted) }, { ...about, cure: 'ensure' });
			return slots.used < slots.of ? [gone] : [gone, { ...about, ...reported(slotsFull(wanted, present)), cure: null }];
		});
}

function oneWebhook(webhook: RegisteredWebhook, view: WebhookView, { present, ...subject }: AuditSubject): WebhookFinding[] {
	const key = subjectOf(webhook);
	const note = (code: ErrorCode, level: FindingLevel, cure: Cure): WebhookFinding =>
		finding(code, { subject: key, host: view.host, since: view.since ?? '' }, { level, cure, key, webhook: view, slots: slotUse(webhook, present) });
	const findings = view.duplicate ? [note('WEBHOOK_DUPLICATE', view.owner === 'ours' ? 'warning' : 'info', null)] : [];
	if (view.owner === 'foreign') return [...findings, note('WEBHOOK_OF_OTHER_SYSTEM', 'info', null)];
	if (view.owner === 'otherHost') return [...findings, note('WEBHOOK_OTHER_ADDRESS', 'warning', 'move')];
	if (view.status === 'disabled') return [...findings, note('WEBHOOK_DISABLED', 'error', 'update')];
	if (view.status === 'paused') return [...findings, note('WEBHOOK_PAUSED', 'info', 'resume')];
	if (view.status === 'unpublished') return [...findings, note('WEBHOOK_UNPUBLISHED', 'info', null)];
	return [...findings, ...checkString(webhook.url, subject, note)];
}

/** Only of webhooks that are on: the others get the right one when they are switched on. */
function checkString(
	url: string,
	{ checkString: wanted, previousCheckString }: Pick<AuditSubject, 'checkString' | 'previousCheckString'>,
	note: (code: ErrorCode, level: FindingLevel, cure: Cure) => WebhookFinding,
): WebhookFinding[] {
	const carried = readAddress(url)?.checkString ?? '';
	if (carried === wanted) return [];
	// Somebody switched on by hand what was paused: no call to such an address is accepted.
	if (markedStop(url)) return [note('WEBHOOK_CHECK_STRING_UNKNOWN', 'error', 'resume')];
	return carried === previousCheckString
		? [note('WEBHOOK_CHECK_STRING_OLD', 'warning', 'rotate')]
		: [note('WEBHOOK_CHECK_STRING_UNKNOWN', 'error', 'ensure')];
}

/** What the addresses are looked at with. */
export type AddressSubject = Pick<AuditSubject, 'present' | 'address' | 'own' | 'checkString' | 'local'>;

/** What is wrong with the addresses themselves, each host once. Before there is a webhook, that which the first one would have is looked at. */
export function auditAddresses({ present, address, own, checkString: carried, local }: AddressSubject): WebhookFinding[] {
	const ours = present.filter(({ url, enabled }) => enabled && readAddress(url)?.instanceKey === own.instanceKey).map(({ url }) => url);
	const used = [...(address === null ? [] : [address]), ...ours];
	const hosts = groupBy(used.length > 0 ? used : [firstAddress(own, carried)], hostOfUrl);
	return [...hosts].flatMap(([host, urls]) => {
		const about = { key: host, webhook: null, slots: null, cure: null } as const;
		const [url = ''] = urls;
		const findings: WebhookFinding[] = [];
		if (!local && isLocal(url)) findings.push(finding('WEBHOOK_ADDRESS_LOCAL', { host }, { ...about, level: 'error' }));
		if (!local && !/^https:/i.test(url)) findings.push(finding('WEBHOOK_NOT_HTTPS', { host }, { ...about, level: 'warning' }));
		const longest = Math.max(...urls.map(({ length }) => length));
		if (longest > LONGEST_URL) findings.push(finding('WEBHOOK_URL_TOO_LONG', { length: longest }, { ...about, level: 'error' }));
		return findings;
	});
}

/** As n8n makes it for a new trigger: its usual endpoint, and a UUID. */
const firstAddress = ({ base, instanceKey }: OwnPlace, carried: string): string =>
	addressText({ base, endpoint: 'webhook', webhookId: '00000000-0000-4000-8000-000000000000', instanceKey, checkString: carried });

type About = Omit<WebhookFinding, keyof Warning>;

/** A finding with the message and advice that the catalogue has for the code. */
export const finding = (code: ErrorCode, details: ErrorDetails, about: About): WebhookFinding => ({ ...about, ...reported(new SyncError(code, details)) });

const reported = ({ code, message, advice }: SyncError): Warning => ({ code, message, advice });
