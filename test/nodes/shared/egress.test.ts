import type { CallingContext } from '../../../nodes/shared/context';
import { egressFilter } from '../../../nodes/shared/egress';

describe("n8n's rules on addresses", () => {
	const context = (helpers: object): CallingContext => ({ helpers }) as unknown as CallingContext;

	it('are asked where n8n has them', () => {
		const filter = { validateUrl: async () => await Promise.resolve({ ok: false, error: new Error('private') }) };
		expect(egressFilter(context({ getSecureEgressFilter: () => filter }))).toBe(filter);
	});

	it('allow everything where it has none, as older n8n', async () => {
		expect(await egressFilter(context({})).validateUrl('https://example.com')).toMatchObject({ ok: true });
	});
});
