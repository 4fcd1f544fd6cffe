import { describeScenarios } from './describe-scenarios.ts';
import { inProcessScenarios } from './scenarios/index.ts';

describeScenarios('manual', inProcessScenarios({ jobs: 5_000 }));
