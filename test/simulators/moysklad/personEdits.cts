import { control } from './control.cts';
import type { Parts } from './http/platform.cts';
import type { EditMoySklad } from './orderDesk.cts';

interface Refusal {
	errors?: Array<{ error?: string }>;
}

/** Works as the administrator, as a person in MoySklad's pages does: webhooks and the audit see it, limits do not. */
export const asPerson =
	(parts: Parts): EditMoySklad =>
	async (method, path, body) => {
		const { status, body: answer } = (await control(parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { status: number; body: Record<string, unknown> };
		if (status < 300) return answer;
		const texts = ((answer as Refusal).errors ?? []).map(({ error }) => error ?? '');
		throw new Error(`${method} ${path}: ${texts.join('; ') || status}`);
	};
