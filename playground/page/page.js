// What the browser does by itself: light or dark as it was chosen here, and closing the sidebar on small screens.

window.setTheme = (dark) => {
    Quasar.Dark.set(dark);
    localStorage.setItem('dark', dark);
};

document.addEventListener('DOMContentLoaded', () => {
    const kept = localStorage.getItem('dark');
    if (kept !== null) setTheme(kept === 'true');
});

// A tap beside the open sidebar closes it, and does nothing else.
document.addEventListener('click', (event) => {
    const classes = document.body.classList;
    if (!classes.contains('sidebar-open') || event.target.closest('.sidebar, .opens-sidebar')) return;
    classes.remove('sidebar-open');
    event.preventDefault();
    event.stopPropagation();
}, true);

document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') document.body.classList.remove('sidebar-open');
});
