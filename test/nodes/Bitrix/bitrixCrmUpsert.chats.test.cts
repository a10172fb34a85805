import type { INodeParameters } from 'n8n-workflow';
import { Proxy } from '../orders/proxy.cts';
import { chosen, Crm, type Result } from './crmBench.cts';

const CHAT = 'chat13';

describe('Bitrix CRM Upsert: Chats: Send Messages', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	const send = async (texts: string[], parameters: INodeParameters = {}): Promise<Result[]> =>
		await crm.results('sendMessages', texts.map((text) => ({ text })), { chat: chosen(CHAT), text: '={{ $json.text }}', ...parameters });

	const told = (dialog = CHAT): string[] => crm.bitrix.portal.store.chatMessages.where('dialog', dialog).map(({ text }) => text);

	it('many items are one message, unless each is to be one', async () => {
		const results = await send(['Новая сделка 1', 'Новая сделка 2']);
		expect(results.map(({ status, key }) => [status, key])).toEqual([['created', CHAT], ['created', CHAT]]);
		expect(told()).toEqual(['Новая сделка 1\n\nНовая сделка 2']);
		await send(['А', 'Б'], { together: false });
		expect(told().slice(1)).toEqual(['А', 'Б']);
	});

	it('a colleague is told by the number', async () => {
		await send(['Привет'], { chat: chosen('11') });
		expect(told('1-11')).toEqual(['Привет']);
	});

	it('without a text or a chat an item fails, and the others are told', async () => {
		const results = await send(['', 'Текст']);
		expect(results.map(({ status, error }) => error?.code ?? status)).toEqual(['CRM_NOTICE_EMPTY', 'created']);
		expect((await send(['Текст'], { chat: chosen('') }))[0]?.error?.code).toBe('CRM_NOTICE_EMPTY');
		expect(told()).toEqual(['Текст']);
	});

	it('a chat in which the user is not fails with what to do', async () => {
		const [result] = await send(['Текст'], { chat: chosen('chat15') });
		expect(result).toMatchObject({ status: 'failed', error: { retryable: false } });
		expect(crm.bitrix.portal.store.chatMessages.all()).toEqual([]);
	});

	it('Preview tells nobody', async () => {
		expect((await send(['Текст'], { preview: true }))[0]?.status).toBe('planned');
		expect(told()).toEqual([]);
	});

	it('a message whose answer was lost is not sent again', async () => {
		const proxy = await Proxy.open(crm.bitrix.url, { request: (body) => body, answer: () => 'lost' });
		try {
			const webhook = crm.bitrix.webhookUrl.replace(crm.bitrix.url, proxy.url);
			const run = await crm.run('sendMessages', [{ text: 'Текст' }], { chat: chosen(CHAT), text: '={{ $json.text }}' }, { webhook });
			expect(run.outputs[1]?.[0]?.json).toMatchObject({ status: 'failed' });
			expect(told()).toEqual(['Текст']);
		} finally {
			await proxy.close();
		}
	});

	it('the chats of the user can be chosen', async () => {
		const { results } = await crm.list('chats');
		expect(results.map(({ value }) => value)).toEqual(['chat13', 'chat14']);
		expect(results[0]?.name).toBe('Новые сделки 🛒 (chat13)');
		expect((await crm.list('chats', 'общий')).results.map(({ value }) => value)).toEqual(['chat14']);
	});
});
