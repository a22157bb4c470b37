import sys
sys.count = getattr(sys, "count", 0) + 1
