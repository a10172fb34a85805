import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Bitrix1cExchangeApi } from '../../../credentials/Bitrix1cExchangeApi.credentials';
import { toReport } from '../../../nodes/shared/errors';
import { exchangeLockProperties, exchangeOptions, exchangeSettings } from '../../../nodes/shared/exchangeProperties';
import { optionsProperty } from '../../../nodes/shared/properties';
import { PROBE, ProbeEngine } from '../../n8n/probe.cts';

describe('What a node says of its exchange', () => {
	let engine: ProbeEngine;
	beforeAll(async () => {
		engine = await ProbeEngine.with(new Bitrix1cExchangeApi(), [], [...exchangeLockProperties, optionsProperty(exchangeOptions)]);
		engine.does(async (context) => {
			try {
				return await Promise.resolve([[{ json: exchangeSettings(context) as unknown as IDataObject }]]);
			} catch (error) {
				return [[{ json: { ...toReport(error) } }]];
			}
		});
	});

	const settings = async (parameters: INodeParameters): Promise<IDataObject | undefined> =>
		(await engine.runNode({ type: PROBE, parameters, credentials: { bitrix1cExchangeApi: { siteAddress: 'a', login: 'b', password: 'c' } } })).json()[0];

	it('is a lock workflow, unless the user states that there is one process', async () => {
		const workflow = { __rl: true, mode: 'id', value: 'abc' };
		expect(await settings({ lockWorkflow: workflow })).toEqual({ onlyProcess: false, lockWorkflow: 'abc' });
		expect(await settings({ exchangeLock: 'process' })).toEqual({ onlyProcess: true });
		expect(await settings({ exchangeLock: 'process', lockWorkflow: workflow })).toEqual({ onlyProcess: true });
		expect(await settings({})).toMatchObject({ code: 'EXCHANGE_NO_LOCK' });
	});

	it('has sizes and times in bytes and milliseconds', async () => {
		expect(await settings({ exchangeLock: 'process', options: { partKilobytes: 100, timeoutMinutes: 5, waitMinutes: 0 } })).toEqual({
			onlyProcess: true,
			partBytes: 102_400,
			timeoutMilliseconds: 300_000,
			waitMilliseconds: 0,
		});
	});
});
