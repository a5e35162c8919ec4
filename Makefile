demo test bench:
	@python3 run $@ $(ARGS)
.PHONY: demo test bench
