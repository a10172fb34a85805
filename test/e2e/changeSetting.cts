import type { Installation } from '../demo/installation.cts';

/** Changes a value in the node *Settings* of an imported template, as its user does in the editor. What is published stays as it is until it is published again. */
export async function changeSetting(installation: Installation, number: string, name: string, value: string | number | boolean): Promise<void> {
	const changed = installation.workflow(number);
	const parameters = changed.nodes.find((node) => node.name === 'Settings')?.parameters.assignments as { assignments: Array<{ name: string; value: unknown }> };
	const setting = parameters.assignments.find((one) => one.name === name);
	if (!setting) throw new RangeError(`The template ${number} has no setting ${name}`);
	setting.value = value;
	await installation.api.update(changed);
}
