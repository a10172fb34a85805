import { freshCrm } from './crmClient';
import { connect, readAnswer } from './restClient';
import { startBitrix } from './start.cts';

const bench = freshCrm();

describe('limits and rights', () => {
	it('follow the user and the scope', async () => {
		const { bitrix } = bench;
		const { manager, guest, catalogOnly } = bitrix.webhooks;
		expect(await connect(bitrix, manager)('crm.deal.list')).toMatchObject({ status: 200, result: [] });
		expect(await connect(bitrix, manager)('crm.deal.add', { fields: {} })).toMatchObject({
			status: 400,
			error: '',
			body: { error_description: 'Access denied.' },
		});
		expect(await connect(bitrix, guest)('crm.deal.list')).toMatchObject({ status: 400, error: '' });
		expect(await connect(bitrix, catalogOnly)('crm.deal.list')).toMatchObject({ status: 403, error: 'insufficient_scope' });
	});

	it('are those of every method: batch, operating time, rate', async () => {
		const cloud = await startBitrix({
			operating: { limit: 100, costs: [{ method: 'crm\\.deal\\.add', seconds: 50 }] },
			plan: { bucket: 3, drain: 0.001 },
		});
		try {
			const rest = connect(cloud);
			const { result } = await rest('batch', {
				cmd: {
					contact: 'crm.contact.add?fields[NAME]=A%26B',
					deal: 'crm.deal.add?fields[CONTACT_IDS][0]=$result[contact]&fields[TITLE]=x',
					get: 'crm.deal.get?id=$result[deal]',
					none: 'crm.deal.get?id=1',
				},
			});
			expect(result.result).toMatchObject({ get: { TITLE: 'x', CONTACT_ID: String(result.result?.contact) } });
			expect(result.result_error).toEqual({ none: { error: '', error_description: 'Not found' } });
			await rest('crm.deal.add', { fields: {} });
			expect(await rest('crm.deal.add', { fields: {} })).toMatchObject({ status: 429, error: 'OPERATION_TIME_LIMIT' });
			expect(await rest('crm.deal.list')).toMatchObject({ status: 503, error: 'QUERY_LIMIT_EXCEEDED' });
		} finally {
			await cloud.close();
		}
	});

	it('and a form may be sent instead of JSON', async () => {
		const { bitrix, crm } = bench;
		const answer = await readAnswer(
			await fetch(`${bitrix.webhookUrl}crm.contact.add`, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: 'fields[NAME]=A&fields[PHONE][0][VALUE]=%2B7916&fields[PHONE][0][VALUE_TYPE]=WORK',
			}),
		);
		expect(await crm.get('contact', Number(answer.result))).toMatchObject({ NAME: 'A', PHONE: [{ VALUE: '+7916' }] });
	});
});
