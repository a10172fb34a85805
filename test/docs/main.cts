import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../n8n/repository.cts';
import { errorsPage } from './errorsPage.cts';

writeFileSync(path.join(repositoryRoot(), 'docs', 'errors.md'), errorsPage());
