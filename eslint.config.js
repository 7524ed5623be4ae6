import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules/', '**/dist/', '.tap/', 'dispatcher/test/deno/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.js'] } } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: [
      'bench/**',
      'sandbox/**',
      '**/test/**',
      'db/**',
      'panel/build.ts',
      'dispatcher/anchor.ts',
      'dispatcher/check-integration.ts',
      'dispatcher/declaration.ts',
      'dispatcher/erase-command.ts',
      'dispatcher/export-file.ts',
      'dispatcher/organisation.ts',
      'dispatcher/migrate.ts',
      'dispatcher/preview.ts',
    ],
    rules: { 'no-console': 'off' },
  },
);
