"""The parts of the bench. Each has run(bench), which gives its Markdown for docs/performance.md."""
