import type { Installation } from '../demo/installation.cts';
import type { ApiWorkflow } from '../n8n/api.cts';

/** Lets the schedules of a workflow sleep for a month. */
export function putToSleep({ nodes }: Pick<ApiWorkflow, 'nodes'>): void {
	for (const { type, parameters } of nodes) if (type.endsWith('.scheduleTrigger')) parameters.rule = { interval: [{ field: 'days', daysInterval: 31 }] };
}

/** Publishes templates, but lets their schedules sleep: only calls start them. */
export async function publishSleeping(installation: Installation, ...numbers: string[]): Promise<void> {
	for (const number of numbers) {
		const workflow = installation.workflow(number);
		putToSleep(workflow);
		await installation.api.update(workflow);
		await installation.api.publish(workflow.id);
	}
}
