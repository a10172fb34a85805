import { CATALOGUE, SyncError, type ErrorCode } from '../../../core';

const entries = Object.entries(CATALOGUE);

describe('the error catalogue', () => {
	it.each(entries)('%s says what happened and what to do, in whole sentences', (code, { message, advice, kind }) => {
		expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
		expect(message).toMatch(/^[A-Z{]/);
		expect(message).not.toMatch(/\.$/);
		expect(advice).toMatch(/^[A-Z].*\.$/s);
		expect(kind).toMatch(/^(connection|auth|limit|data|conflict|missing|server|configuration)$/);
	});

	it('fills in the details and keeps the code', () => {
		const error = new SyncError('MOYSKLAD_NOT_FOUND', { call: 'GET /entity/product/1' });
		expect(error.message).toBe('MoySklad has no GET /entity/product/1');
		expect(error.report()).toEqual({
			code: 'MOYSKLAD_NOT_FOUND',
			kind: 'missing',
			retryable: false,
			message: error.message,
			advice: CATALOGUE.MOYSKLAD_NOT_FOUND.advice,
		});
	});

	it('shows a forgotten detail instead of hiding it', () => {
		expect(new SyncError('CONNECTION_DNS').message).toContain('{host}');
	});

	it('cuts what comes from outside', () => expect(new SyncError('CONNECTION_DNS', { host: 'x'.repeat(100_000) }).message.length).toBeLessThan(1100));

	it('has a code for what no code foresees', () => expect('UNEXPECTED' satisfies ErrorCode in CATALOGUE).toBe(true));
});
