import { Installation } from '../demo/installation.cts';
import type { Row } from '../n8n/dataTables.cts';
import { makeBench, startSimulator, type Platform, type RunningSimulator } from '../simulators/kernel/simulator.cts';
import { startReceiver, type Receiver } from '../simulators/receiver.cts';
import { startMailSink, type MailSink } from '../support/mailSink.cts';
import { changeSetting } from './changeSetting.cts';

const WITHIN_MS = 120_000;
const CHAT = 'chat13';

describe('Template 30: alerts by channel', () => {
	let installation: Installation;
	let mail: MailSink;
	let telegram: RunningSimulator;
	const toTelegram: Array<{ path: string; body: { chat_id: string; text: string } }> = [];
	const bots: Platform = {
		name: 'telegram',
		route: ({ path }) => path,
		answer: async ({ path, body }) => {
			toTelegram.push({ path, body: JSON.parse(body.toString('utf8')) as { chat_id: string; text: string } });
			return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ok: true, result: { message_id: toTelegram.length } }) };
		},
		refusal: () => ({ status: 500, headers: {}, body: '' }),
	};
	let sms: Receiver;

	beforeAll(async () => {
		[mail, telegram, sms] = await Promise.all([startMailSink(), startSimulator(bots, makeBench(1)), startReceiver()]);
		const settings = {
			channelsOfCritical: 'telegram', channelsOfWarning: 'email, Telegram, bitrix24, sms', channelsOfInformation: 'email',
			emailFrom: 'desk@example.com', emailTo: 'shop@example.com', telegramChat: '4711', bitrixChat: CHAT, smsAddress: `${sms.url}/send`, smsTo: '+70000000000',
		};
		installation = await Installation.start({ moySklad: { size: { products: 5 } }, settings: { '30': settings } });
		await look();
	}, 300_000);
	afterAll(async () => {
		await installation?.stop();
		await Promise.all([mail?.close(), telegram?.close(), sms?.close()]);
	});

	/** As a user does: turns the nodes on and gives them their credentials. */
	async function turnOn(): Promise<void> {
		const { api } = installation;
		const given = {
			'Send E-Mail': await api.createCredential('smtp', { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true, user: '', password: '' }),
			'Send Telegram Message': await api.createCredential('telegramApi', { accessToken: 'token', baseUrl: telegram.url }),
			'Send SMS': await api.createCredential('httpHeaderAuth', { name: 'X-Key', value: 'key' }),
		};
		const workflow = installation.workflow('30');
		for (const node of workflow.nodes) {
			const credential = given[node.name as keyof typeof given];
			if (credential) Object.assign(node, { credentials: { [credential.type]: { id: credential.id, name: credential.name } } });
			if (credential || node.name === 'Tell the Chat') node.disabled = false;
		}
		await api.update(workflow);
	}

	async function look(): Promise<string[]> {
		const { run } = await installation.api.run(installation.workflow('30').id, 'Look Now', undefined, WITHIN_MS);
		if (run.error) throw run.error;
		expect(run.executed).not.toContain('Another Run Works');
		return run.executed;
	}

	const keep = async (code: string, count: number): Promise<void> => {
		const { id } = await installation.api.dataTables.named('msbx_failures');
		const row = (index: number): Row => ({ flow: 'orders', run: '1', key: `order ${index}`, moySkladId: '', bitrixId: '', code, retryable: false, message: 'It is <wrong> & stays', advice: 'Put it right.' });
		await installation.api.dataTables.insert(id, Array.from({ length: count }, (_, index) => row(index)));
	};
	const subjects = (): Record<'email' | 'telegram' | 'bitrix24' | 'sms', string[]> => ({
		email: mail.mails.map((text) => decoded(/^Subject: (.*(?:\n[ \t].*)*)/m.exec(text)?.[1] ?? '')),
		telegram: toTelegram.map(({ body }) => body.text.split('\n')[0] ?? ''),
		bitrix24: installation.bitrix.portal.store.chatMessages.all().map(({ text }) => text.split('\n')[0] ?? ''),
		sms: sms.received.map(({ body }) => String(body.text).split(':')[0] ?? ''),
	});
	const everywhere = (line: string): ReturnType<typeof subjects> => ({ email: [line], telegram: [line], bitrix24: [line], sms: [line] });
	function forget(): void {
		mail.mails.length = toTelegram.length = sms.received.length = 0;
		for (const { id } of installation.bitrix.portal.store.chatMessages.all()) installation.bitrix.portal.store.chatMessages.remove(id);
	}

	it('is published as it comes: the nodes of the channels are off, and nobody is told', async () => {
		await keep('BEFORE_CHANNELS', 1);
		await installation.publish('30');
		await installation.unpublish('30');
		await look();
		expect(subjects()).toEqual({ email: [], telegram: [], bitrix24: [], sms: [] });
	});

	it('what reached nobody is told when there is somebody, and each channel gets it once', async () => {
		await turnOn();
		await look();
		const { email, sms: texts, telegram: critical } = subjects();
		expect(critical.filter((line) => line.endsWith('× ALERT_CHANNEL_FAILED'))).toHaveLength(1);
		expect(email.filter((line) => line === '1 × BEFORE_CHANNELS')).toHaveLength(1);
		expect(texts).toEqual(['1 × BEFORE_CHANNELS']);
		await look();
		forget();
	});

	it('one alert by each channel for a code, with its number; none again within the hour', async () => {
		await keep('GOODS_UNKNOWN', 300);
		await look();
		expect(subjects()).toEqual(everywhere('300 × GOODS_UNKNOWN'));
		expect(toTelegram[0]).toMatchObject({ path: '/bottoken/sendMessage', body: { chat_id: '4711', text: expect.stringContaining('It is &lt;wrong&gt; &amp; stays') } });
		expect(sms.received[0]).toMatchObject({ url: '/send', headers: { 'x-key': 'key' }, body: { to: '+70000000000' } });
		await keep('GOODS_UNKNOWN', 5);
		await look();
		expect(subjects()).toEqual(everywhere('300 × GOODS_UNKNOWN'));
		forget();
	});

	it('a channel that fails stops no other, and is an alert itself once an hour', async () => {
		mail.refuses = true;
		sms.answers.splice(0, sms.answers.length, 500);
		await keep('ORDER_SUM_MISMATCH', 2);
		await look();
		expect(subjects()).toMatchObject({ email: [], telegram: ['2 × ORDER_SUM_MISMATCH'], bitrix24: ['2 × ORDER_SUM_MISMATCH'] });
		forget();
		await look();
		expect(subjects()).toMatchObject({ telegram: [], bitrix24: [] });
		mail.refuses = false;
		sms.answers.splice(0, sms.answers.length, 200);
		forget();
	});

	it('an alert that reaches nobody is told again until it reaches somebody, with its whole number', async () => {
		await changeSetting(installation, '30', 'channelsOfWarning', 'email');
		mail.refuses = true;
		await keep('STOCK_MASS_ZERO', 3);
		await look();
		await keep('STOCK_MASS_ZERO', 4);
		await look();
		expect(subjects().email).toEqual([]);
		mail.refuses = false;
		await look();
		expect(subjects().email).toEqual(['7 × STOCK_MASS_ZERO']);
		await look();
		expect(subjects().email).toEqual(['7 × STOCK_MASS_ZERO']);
		forget();
	});

	it('it is said that a code does not come any more', async () => {
		await changeSetting(installation, '30', 'quietMinutes', 0);
		await look();
		await look();
		expect(subjects().email).toContain('Quiet: STOCK_MASS_ZERO');
		expect(subjects().email.filter((line) => line === 'Quiet: STOCK_MASS_ZERO')).toHaveLength(1);
	});
});

/** Words of a header outside of ASCII (RFC 2047). */
const decoded = (header: string): string =>
	header.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?(b|q)\?(.*?)\?=/gi, (_, encoding: string, text: string) =>
		encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : decodeURIComponent(text.replaceAll('_', ' ').replaceAll('=', '%')));
