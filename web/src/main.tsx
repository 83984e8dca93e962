import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import { App } from './app/app.tsx';
import { onMissingPart } from './app/missing-part.ts';
import { startTheme } from './ui/theme.ts';

startTheme();
addEventListener('vite:preloadError', () => void onMissingPart(Date.now()));

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
