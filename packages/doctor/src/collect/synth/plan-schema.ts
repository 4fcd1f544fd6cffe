import { z } from 'zod';

const unknown = z.unknown().optional();

const valuesSchema = z.looseObject({
  address: z.string(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).nullish(),
  values: z.record(z.string(), z.unknown()).nullish(),
});
export type PlannedValues = z.infer<typeof valuesSchema>;

export interface ModuleValues {
  readonly resources?: PlannedValues[] | undefined;
  readonly child_modules?: ModuleValues[] | undefined;
}
const moduleValuesSchema: z.ZodType<ModuleValues> = z.lazy(() =>
  z.looseObject({
    resources: z.array(valuesSchema).optional(),
    child_modules: z.array(moduleValuesSchema).optional(),
  }),
);

const configuredSchema = z.looseObject({
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider_config_key: z.string().optional(),
  expressions: z.record(z.string(), z.unknown()).default({}),
  count_expression: unknown,
  for_each_expression: unknown,
});
export type ConfiguredResource = z.infer<typeof configuredSchema>;

export interface ModuleConfig {
  readonly resources?: ConfiguredResource[] | undefined;
  readonly outputs?: Record<string, { readonly expression?: unknown }> | undefined;
  readonly variables?: Record<string, { readonly default?: unknown }> | undefined;
  readonly module_calls?:
    | Record<
        string,
        {
          readonly expressions?: Record<string, unknown> | undefined;
          readonly module?: ModuleConfig | undefined;
          readonly for_each_expression?: unknown;
        }
      >
    | undefined;
}
const moduleConfigSchema: z.ZodType<ModuleConfig> = z.lazy(() =>
  z.looseObject({
    resources: z.array(configuredSchema).optional(),
    outputs: z.record(z.string(), z.looseObject({ expression: unknown })).optional(),
    variables: z.record(z.string(), z.looseObject({ default: unknown })).optional(),
    module_calls: z
      .record(
        z.string(),
        z.looseObject({
          expressions: z.record(z.string(), z.unknown()).optional(),
          module: moduleConfigSchema.optional(),
          for_each_expression: unknown,
        }),
      )
      .optional(),
  }),
);

const rootValues = z.looseObject({ root_module: moduleValuesSchema.default({}) });

/** The output of `terraform show -json`, of a plan or a state: what of it is read. */
export const planSchema = z.looseObject({
  format_version: z.string(),
  variables: z.record(z.string(), z.looseObject({ value: unknown })).default({}),
  planned_values: rootValues.optional(),
  values: rootValues.optional(),
  prior_state: z.looseObject({ values: rootValues.optional() }).optional(),
  resource_changes: z
    .array(
      z.looseObject({
        address: z.string(),
        change: z.looseObject({ actions: z.array(z.string()), after_unknown: unknown }),
      }),
    )
    .default([]),
  configuration: z
    .looseObject({
      provider_config: z
        .record(
          z.string(),
          z.looseObject({
            name: z.string().optional(),
            alias: z.string().optional(),
            expressions: z.record(z.string(), z.unknown()).optional(),
          }),
        )
        .default({}),
      root_module: moduleConfigSchema.default({}),
    })
    .default({ provider_config: {}, root_module: {} }),
});
export type Plan = z.infer<typeof planSchema>;
