import { expect, it, vi } from 'vitest';
import { loadSettings } from '../src/configuration/load-settings.ts';

const mode = (env: Record<string, string>) =>
  loadSettings(['vector_storage_mode'], { flags: {}, env }).vector_storage_mode;

it('the old name of the storage mode still counts, and the new one before it', () => {
  expect(mode({})).toBe('s3');
  expect(mode({ CHROMADB_STORAGE_MODE: 'efs' })).toBe('efs');
  expect(mode({ CHROMADB_STORAGE_MODE: 'efs', VECTOR_STORAGE_MODE: 'auto' })).toBe('auto');
  expect(() => mode({ CHROMADB_STORAGE_MODE: 'floppy' })).toThrow(/vector_storage_mode/);
});

it('that it is old is said once, however often the settings are loaded', async () => {
  vi.resetModules();
  const { withStorageModeAlias } = await import('../src/configuration/storage-mode.ts');
  const said: string[] = [];
  for (let times = 0; times < 3; times++) {
    withStorageModeAlias({ CHROMADB_STORAGE_MODE: 'efs' }, (message) => said.push(message));
  }
  expect(said).toEqual([expect.stringContaining('VECTOR_STORAGE_MODE=efs')]);
});
