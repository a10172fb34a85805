import type { Installation } from '../demo/installation.cts';

/** Publishes templates, but lets their schedules sleep for a month: only calls start them. */
export async function publishSleeping(installation: Installation, ...numbers: string[]): Promise<void> {
	for (const number of numbers) {
		const workflow = installation.workflow(number);
		for (const { type, parameters } of workflow.nodes) if (type.endsWith('.scheduleTrigger')) parameters.rule = { interval: [{ field: 'days', daysInterval: 31 }] };
		await installation.api.update(workflow);
		await installation.api.publish(workflow.id);
	}
}
