import type { IDataObject } from 'n8n-workflow';
import type { ApiWorkflow } from '../../n8n/api.cts';
import type { Installation } from '../installation.cts';
import type { Flow } from './flows.cts';

/** The small workflows of the demo in its n8n. */
export class Runner {
	private readonly made = new Map<Flow, ApiWorkflow>();

	constructor(private readonly installation: Installation) {}

	/** Runs a workflow for one order. Throws what ended it, and what its node that writes could not write. */
	async run(flow: Flow, item: IDataObject): Promise<void> {
		const { api, credentials } = this.installation;
		const workflow = this.made.get(flow) ?? (await api.createWorkflow(flow.workflow, credentials));
		this.made.set(flow, workflow);
		const { run } = await api.run(workflow.id, flow.start, [{ json: item }]);
		if (run.error) throw run.error;
		const [failed] = run.node(flow.writer).json(1);
		if (failed) throw new Error(`${flow.workflow.name}: ${JSON.stringify(failed.error)}`);
	}
}
