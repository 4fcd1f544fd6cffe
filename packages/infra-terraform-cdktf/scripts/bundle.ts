import { ensureBundles } from '../src/bundles/ensure-bundles.ts';
import { runScript } from '../src/operate/arguments.ts';

/** npm run bundle: the functions' zips, of apps/lambdas/dist, with LanceDB's native module where it belongs. */
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
await runScript(async () => {
  let made = 0;
  for (const bundle of ensureBundles()) {
    made += 1;
    console.log(
      `${bundle.function.padEnd(22)}${megabytes(bundle.zip_bytes).padStart(10)}, unzipped ${megabytes(bundle.unzipped_bytes)}`,
    );
  }
  console.log(made === 0 ? 'All bundles are up to date.' : `${made} made.`);
});
