import type { IExecuteFunctions } from 'n8n-workflow';
import { withoutSlash } from '../bitrix';

/** Below it n8n resumes an execution that waits: its endpoint and the id of the execution. */
const RESUMED = /^(https?:\/\/[^?]+)\/[^/?]+\/[^/?]+(\?|$)/i;

/**
 * Where this n8n takes the calls of webhooks, without a slash at the end. It tells nodes only the address of its editor
 * (N8N_EDITOR_BASE_URL), which may be another one; the address of waiting executions stands at the same place as webhooks.
 */
export function webhookBase(context: IExecuteFunctions): string {
	const [, base] = RESUMED.exec(String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0))) ?? [];
	return withoutSlash(base ?? context.getInstanceBaseUrl());
}
