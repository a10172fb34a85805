import { BURST, RefusedCalls, type RefusalLog } from '../../../nodes/shared/webhooks/refusedCalls';
import { VirtualClock } from '../../support/virtualClock.cts';

const PLACE = { workflowId: 'w', nodeId: 'n' };

class Lines implements RefusalLog {
	readonly lines: string[] = [];
	warn = (line: string): number => this.lines.push(`warn ${line}`);
	error = (line: string): number => this.lines.push(`error ${line}`);
}

function setUp() {
	const clock = new VirtualClock();
	const calls = new RefusedCalls(clock);
	const log = new Lines();
	const refuse = (times: number, code: Parameters<RefusedCalls['count']>[2], place = PLACE): boolean[] =>
		Array.from({ length: times }, () => calls.count('The trigger', place, code, log).isFirst);
	const news = (times: number, place = PLACE): unknown[] =>
		Array.from({ length: times }, () => calls.count('The trigger', place, 'WEBHOOK_CALL_CHECK_WRONG', log).news).filter((one) => one !== undefined);
	const minute = async (): Promise<void> => await clock.until(clock.sleep(60_000));
	return { clock, log, refuse, news, minute };
}

describe('Refused calls', () => {
	it('have one line for the first of a code, and one for all of a minute by their codes', async () => {
		const { log, refuse, minute } = setUp();
		expect(refuse(3, 'WEBHOOK_CALL_CHECK_WRONG')).toEqual([true, false, false]);
		expect(refuse(1, 'WEBHOOK_CALL_MALFORMED')).toEqual([true]);
		expect(log.lines).toEqual([]);
		await minute();
		expect(log.lines).toEqual(['warn The trigger refused 4 calls within a minute: WEBHOOK_CALL_CHECK_WRONG 3, WEBHOOK_CALL_MALFORMED 1']);
		expect(refuse(1, 'WEBHOOK_CALL_CHECK_WRONG')).toEqual([true]);
	});

	it('have no line of numbers when each had one of its own', async () => {
		const { log, refuse, minute } = setUp();
		refuse(1, 'WEBHOOK_CALL_CHECK_WRONG');
		refuse(1, 'WEBHOOK_CALL_CHECK_MISSING');
		await minute();
		expect(log.lines).toEqual([]);
	});

	it('are an error as soon as they are a burst, once, and in the sum of its minute', async () => {
		const { clock, log, refuse, minute } = setUp();
		refuse(BURST - 1, 'WEBHOOK_CALL_CHECK_WRONG');
		expect(log.lines).toEqual([]);
		await clock.until(clock.sleep(2_500));
		refuse(1, 'WEBHOOK_CALL_TOO_LARGE');
		expect(log.lines).toEqual([`error The trigger refuses a burst of calls: WEBHOOK_CALL_CHECK_WRONG ${BURST - 1}, WEBHOOK_CALL_TOO_LARGE 1 within 3 s`]);
		refuse(100_000, 'WEBHOOK_CALL_CHECK_WRONG');
		expect(log.lines).toHaveLength(1);
		await minute();
		expect(log.lines.slice(1)).toEqual([`error The trigger refused ${100_000 + BURST} calls within a minute: WEBHOOK_CALL_CHECK_WRONG ${100_000 + BURST - 1}, WEBHOOK_CALL_TOO_LARGE 1`]);
	});

	it('are news as they become a burst, and again only after an hour', async () => {
		const { clock, refuse, news, minute } = setUp();
		refuse(1, 'WEBHOOK_CALL_MALFORMED');
		expect(news(BURST - 2)).toEqual([]);
		expect(news(500)).toEqual([{ WEBHOOK_CALL_MALFORMED: 1, WEBHOOK_CALL_CHECK_WRONG: BURST - 1 }]);
		await minute();
		expect(news(BURST)).toEqual([]);
		expect(news(BURST, { ...PLACE, nodeId: 'other' })).toEqual([{ WEBHOOK_CALL_CHECK_WRONG: BURST }]);
		await clock.until(clock.sleep(3_600_000));
		expect(news(BURST)).toEqual([{ WEBHOOK_CALL_CHECK_WRONG: BURST }]);
	});

	it('of one trigger are no burst of another, and begin anew after their minute', async () => {
		const { log, refuse, minute } = setUp();
		for (let trigger = 0; trigger < BURST; trigger += 1) refuse(1, 'WEBHOOK_CALL_CHECK_WRONG', { ...PLACE, nodeId: String(trigger) });
		refuse(BURST - 1, 'WEBHOOK_CALL_CHECK_WRONG');
		await minute();
		refuse(BURST - 1, 'WEBHOOK_CALL_CHECK_WRONG');
		await minute();
		expect(log.lines).toEqual(Array.from({ length: 2 }, () => `warn The trigger refused ${BURST - 1} calls within a minute: WEBHOOK_CALL_CHECK_WRONG ${BURST - 1}`));
	});
});
